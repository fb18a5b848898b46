using Davit.ControlPlane.Tests.Simulated.Deaths;
using Davit.Model;
using Davit.Testing.Postgres;

namespace Davit.ControlPlane.Tests.Simulated;

/// <summary>Every deployment ends, with a reason. Simulated as in <see cref="KillPointTests"/>.</summary>
public sealed class EndingTests(PostgresServer server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_phase_past_its_deadline_ends_the_deployment_and_what_served_serves_on()
    {
        await using var stage = await Stage.SetAsync(server, Ct);
        Scenario.Furnish(stage);
        var play = await Play.BeginAsync(stage, Ct);
        await play.DeployAsync("web:1");
        await play.RunAsync();
        await play.DeployFilesAsync(Scenario.Sick);
        await play.RunAsync(turns: 5);
        stage.Clock.Advance(TimeSpan.FromMinutes(11));
        await play.RunAsync();

        (await play.NewestAsync()).State.ShouldBeOfType<DeploymentState.Failed>().Why.Code.ShouldBe("DV2215");
        await play.ShouldBeWholeAsync();
        await play.Replica.DisposeAsync();
    }

    [Fact]
    public async Task Wherever_it_is_cancelled_it_ends_cancelled_or_was_live_already()
    {
        await using var stage = await Stage.SetAsync(server, Ct);
        Scenario.Furnish(stage);
        var cancelled = 0;
        for (var turns = 1; turns < 30; turns++)
        {
            var play = await Play.BeginAsync(stage, Ct);
            await play.DeployAsync("web:1");
            await play.RunAsync();
            await play.DeployAsync("web:2");
            await play.RunAsync(turns);
            await play.CancelAsync();
            await play.RunAsync();

            var state = (await play.NewestAsync()).State;
            (state is DeploymentState.Cancelled or DeploymentState.Live).ShouldBeTrue($"after {turns} turns: {state}");
            cancelled += state is DeploymentState.Cancelled ? 1 : 0;
            await play.ShouldBeWholeAsync();
            await play.Replica.DisposeAsync();
        }

        cancelled.ShouldBeInRange(5, 28);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(3650)]
    [InlineData(-365)]
    public async Task However_the_clock_jumps_it_ends_with_a_reason_and_the_next_one_becomes_live(int days)
    {
        await using var stage = await Stage.SetAsync(server, Ct);
        Scenario.Furnish(stage);
        for (var turns = 1; turns < 20; turns += 2)
        {
            var play = await Play.BeginAsync(stage, Ct);
            await play.DeployAsync("web:1");
            await play.RunAsync();
            await play.DeployAsync("web:2");
            await play.RunAsync(turns);
            stage.Clock.Advance(TimeSpan.FromDays(days));
            await play.RunAsync();

            var state = (await play.NewestAsync()).State;
            (state is DeploymentState.Live or DeploymentState.Failed { Why.Hint.Length: > 0 }).ShouldBeTrue($"after {turns} turns: {state}");
            await play.ShouldBeWholeAsync();
            await play.DeployAsync("web:1");
            await play.RunAsync();
            (await play.NewestAsync()).State.ShouldBeOfType<DeploymentState.Live>();
            await play.ShouldBeWholeAsync();
            await play.Replica.DisposeAsync();
        }
    }
}
