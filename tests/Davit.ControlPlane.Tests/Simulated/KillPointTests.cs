using Davit.ControlPlane.Tests.Simulated.Deaths;
using Davit.Testing.Postgres;

namespace Davit.ControlPlane.Tests.Simulated;

/// <summary>
/// Every effect of every scenario, found by running it once: the process dies just before or just after it, and another
/// one goes on. Simulated: instances live in memory, the edge forwards nothing, time is the test's, and death is an exception
/// that nothing survives.
/// </summary>
public sealed class KillPointTests(PostgresServer server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Scenarios => [.. Scenario.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Wherever_the_process_dies_the_next_one_ends_wholly_on_the_old_or_the_new(string name)
    {
        var scenario = Scenario.All.Single(s => s.Name == name);
        await using var stage = await Stage.SetAsync(server, Ct);
        Scenario.Furnish(stage);

        // What goes on beside the loop may be done once more in a slow run; a point of such a run cannot be reached again.
        var points = (await RecordAsync(stage, scenario)).Intersect(await RecordAsync(stage, scenario)).Chosen();
        points.Count.ShouldBeGreaterThan(3);

        var died = 0;
        foreach (var point in points)
            died += await ReachAsync(stage, scenario, point) ? 1 : 0;
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {points.Count} points, died at {died}");

        died.ShouldBeGreaterThan(points.Count * 3 / 4);
    }

    /// <summary>What goes on beside the loop is not counted alike in every run, so a point that was passed by is tried again.</summary>
    private static async Task<bool> ReachAsync(Stage stage, Scenario scenario, KillPoint point)
    {
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            if (await DieAtAsync(stage, scenario, point))
                return true;
        }

        return false;
    }

    private static async Task<IReadOnlyList<KillPoint>> RecordAsync(Stage stage, Scenario scenario)
    {
        var play = await Play.BeginAsync(stage, Ct);
        await scenario.Prepare(play);
        await play.ReplaceAsync(new Executioner { AfterEach = play.LookAsUser });
        await scenario.Act(play);
        (await play.RunAsync()).ShouldBeTrue();
        await play.ShouldBeWholeAsync();
        await play.Replica.DisposeAsync();
        return play.Executioner.Seen;
    }

    private static async Task<bool> DieAtAsync(Stage stage, Scenario scenario, KillPoint point)
    {
        var play = await Play.BeginAsync(stage, Ct);
        await scenario.Prepare(play);
        await play.ReplaceAsync(new Executioner { At = point, AfterEach = play.LookAsUser });
        await scenario.Act(play);
        var lives = await play.RunAsync();
        await play.ReplaceAsync(new Executioner { AfterEach = play.LookAsUser });
        try
        {
            (await play.RunAsync()).ShouldBeTrue();
            await play.ShouldBeWholeAsync();
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{scenario}, dead {point}: {e.Message}", e);
        }

        await play.Replica.DisposeAsync();
        return !lives;
    }
}
