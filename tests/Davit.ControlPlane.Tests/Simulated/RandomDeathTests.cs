using System.Globalization;
using Davit.ControlPlane.Tests.Simulated.Deaths;
using Davit.Testing.Postgres;
using FsCheck;
using FsCheck.Fluent;

namespace Davit.ControlPlane.Tests.Simulated;

/// <summary>
/// Scripts of changes, outages and deaths in any order. Simulated as in <see cref="KillPointTests"/>. The seed is fixed, so that a
/// failure is met again; <c>DAVIT_DEATH_SCRIPTS</c> runs more of them.
/// </summary>
public sealed class RandomDeathTests(PostgresServer server)
{
    private const ulong Seed = 20_261_127;

    private static readonly int Scripts = int.Parse(Environment.GetEnvironmentVariable("DAVIT_DEATH_SCRIPTS") ?? "30", CultureInfo.InvariantCulture);

    private static readonly Gen<Move> Moves =
        from what in Gen.Elements<What>([.. Enum.GetValues<What>(), What.DeployOne, What.DeployTwo, What.DeployTwo])
        from deathAt in Gen.Frequency((1, Gen.Constant(0)), (4, Gen.Choose(1, 30)))
        from turns in Gen.Choose(5, 60)
        select new Move(what, deathAt, turns);

    private enum What
    {
        Nothing,
        DeployOne,
        DeployTwo,
        DeployWhatIsSick,
        RollBack,
        Cancel,
        ScaleToThree,
        ScaleToOne,
        InstanceCrashes,
        EngineVanishes,
        EdgeVanishes,
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_happens_in_whatever_order_it_comes_to_rest_whole()
    {
        await using var stage = await Stage.SetAsync(server, Ct);
        Scenario.Furnish(stage);
        var deaths = 0;
        foreach (var script in Moves.ArrayOf(10).Sample(10, new Rnd(Seed, Seed | 1), Scripts))
        {
            try
            {
                deaths += await PlayAsync(stage, script);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"{string.Join("; ", script)}: {e.Message}", e);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{Scripts} scripts, {deaths} deaths");
        deaths.ShouldBeGreaterThan(Scripts);
    }

    /// <returns>How often the process died.</returns>
    private static async Task<int> PlayAsync(Stage stage, IReadOnlyList<Move> script)
    {
        var play = await Play.BeginAsync(stage, Ct);
        var deaths = 0;
        foreach (var move in script)
        {
            await play.ReplaceAsync(new Executioner { AtNumber = move.DeathAt, AfterEach = play.LookAsUser });
            await DoAsync(play, move.What);
            deaths += await play.RunAsync(move.Turns) ? 0 : 1;
            stage.World.Return();
            stage.Edge.IsAway = false;
        }

        await play.ReplaceAsync(new Executioner { AfterEach = play.LookAsUser });
        (await play.RunAsync()).ShouldBeTrue();
        await play.ShouldBeWholeAsync();
        await play.Replica.DisposeAsync();
        return deaths;
    }

    private static async Task DoAsync(Play play, What what)
    {
        var isServed = (await play.RowAsync())!.ServingId is not null;
        switch (what)
        {
            case What.DeployOne:
                await play.DeployAsync("web:1");
                break;
            case What.DeployTwo:
                await play.DeployAsync("web:2");
                break;
            case What.DeployWhatIsSick:
                await play.DeployFilesAsync(Scenario.Sick);
                break;
            case What.RollBack when await play.HasFormerAsync():
                await play.RollBackAsync();
                break;
            case What.Cancel:
                await play.CancelAsync();
                break;
            case What.ScaleToThree when isServed:
                await play.ScaleAsync(3);
                break;
            case What.ScaleToOne when isServed:
                await play.ScaleAsync(1);
                break;
            case What.InstanceCrashes:
                await play.CrashOneAsync();
                break;
            case What.EngineVanishes:
                play.Stage.World.Vanish();
                break;
            case What.EdgeVanishes:
                play.Stage.Edge.IsAway = true;
                break;
        }
    }

    /// <param name="DeathAt">The number of the effect point at which the process dies; 0 lets it live.</param>
    private sealed record Move(What What, int DeathAt, int Turns);
}
