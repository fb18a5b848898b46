namespace Davit.ControlPlane.Tests.Simulated.Deaths;

/// <summary>Which of the points that a scenario has a run dies at.</summary>
internal static class KillPoints
{
    /// <summary>Each effect once, in turn before and after it; with <c>DAVIT_DEATH_POINTS=all</c> both.</summary>
    public static IReadOnlyList<KillPoint> Chosen(this IEnumerable<KillPoint> points) => Environment.GetEnvironmentVariable("DAVIT_DEATH_POINTS") is "all"
        ? [.. points]
        : [.. points.GroupBy(p => (p.Effect, p.Occurrence)).Select((sides, at) => sides.FirstOrDefault(p => p.IsAfter == at % 2 > 0, sides.First()))];
}
