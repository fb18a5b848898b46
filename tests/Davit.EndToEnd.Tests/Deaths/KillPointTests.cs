using System.Globalization;
using Davit.EndToEnd.Tests.Support;

namespace Davit.EndToEnd.Tests.Deaths;

/// <summary>
/// A real davitd is killed with SIGKILL just before and just after every effect of a scenario, one at a time, and started again.
/// The points are those that the scenario passed when nobody died. <c>DAVIT_KILL_SCENARIOS=all</c> goes through every scenario.
/// </summary>
[Collection(Alone.Name)]
public sealed class KillPointTests : IAsyncLifetime
{
    /// <summary>Promised: from the start of the process until the environment is at rest.</summary>
    private static readonly TimeSpan SettlesWithin = TimeSpan.FromSeconds(10);

    /// <summary>Each goes through every other point: a death is mostly waiting, so two of them take turns on the cores.</summary>
    private readonly KillWalk[] _walks = [new(), new()];

    /// <summary>The main ones, all of them, or those that are named.</summary>
    public static TheoryData<string> Scenarios => Environment.GetEnvironmentVariable("DAVIT_KILL_SCENARIOS") switch
    {
        null or "" => [.. RealScenario.Main.Select(s => s.Name)],
        "all" => [.. RealScenario.Main.Concat(RealScenario.Others).Select(s => s.Name)],
        var named => [.. named.Split(',')],
    };

    public async ValueTask InitializeAsync()
    {
        foreach (var walk in _walks)
            await walk.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var walk in _walks)
            await walk.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Killed_at_any_effect_it_ends_wholly_on_the_old_or_the_new_and_users_notice_nothing(string name)
    {
        var scenario = RealScenario.Main.Concat(RealScenario.Others).Single(s => s.Name == name);
        var points = await _walks[0].LiveAsync(scenario);
        points.Count.ShouldBeGreaterThan(5);

        await Task.WhenAll(_walks.Select((walk, turn) => walk.DieAsync(scenario, [.. points.Where((_, at) => at % _walks.Length == turn)])));

        var settled = _walks.SelectMany(w => w.Settled).Order().ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {points.Count} points, killed at {settled.Count}; settled after start: median {settled[settled.Count / 2].TotalSeconds:0.0} s, worst {settled[^1].TotalSeconds:0.0} s"));

        // What goes on beside the loop is not counted alike in every run.
        settled.Count.ShouldBeGreaterThan(points.Count * 3 / 4);
        settled[settled.Count / 2].ShouldBeLessThan(SettlesWithin);
    }
}
