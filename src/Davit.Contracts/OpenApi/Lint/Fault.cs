using Davit.Contracts.Documents;

namespace Davit.Contracts.OpenApi.Lint;

/// <summary>What is wrong with an object.</summary>
/// <param name="At">What to look at.</param>
internal sealed record Fault(Node At, string Text);

internal static class Faults
{
    public static Fault Is(this Node at, string text) => new(at, text);

    /// <summary>It is not there, or nothing is.</summary>
    public static bool IsMissing(this Node node) => node.Kind is null or NodeKind.Null;

    public static Fault? Requires(this Spot spot, string field, string text) => spot[field].IsMissing() ? spot.Node.Is(text) : null;

    public static Fault? Forbids(this Spot spot, string field, string text) => spot[field] is { Exists: true } forbidden ? forbidden.Is(text) : null;

    public static Fault? Excludes(this Spot spot, string field, string other, string text) => spot[field].Exists && spot[other] is { Exists: true } second ? second.Is(text) : null;

    /// <summary>A lower limit that is above the upper one.</summary>
    public static Fault? Crosses(this Spot spot, string least, string most) =>
        spot[least].Number is { } low && spot[most].Number is { } high && low > high ? spot[least].Is($"'{least}' is {low} and '{most}' is {high}, so no value fits") : null;

    /// <summary>The first that is the same as one before it.</summary>
    public static Node Twin(this Node list)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in list.Children)
        {
            if (!seen.Add(Findings.Fingerprint.Canonical(element)))
                return element;
        }

        return default;
    }
}
