using Davit.ControlPlane.Tests.Simulated.Deaths;
using Davit.Model;
using Davit.Testing.Postgres;

namespace Davit.ControlPlane.Tests.Simulated;

/// <summary>Somebody changes his mind while instances are still being taken away. Simulated as in <see cref="KillPointTests"/>.</summary>
public sealed class QuickReturnTests(PostgresServer server)
{
    private const int AFewTurns = 40;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("stop-instance")]
    [InlineData("remove-instance")]
    public async Task A_rollback_does_not_take_over_what_is_being_taken_away(string effect)
    {
        await using var stage = await Stage.SetAsync(server, Ct);
        Scenario.Furnish(stage);
        var play = await Play.BeginAsync(stage, Ct);
        await play.DeployAsync("web:1");
        await play.RunAsync();
        var (held, going) = Holding(effect);
        await play.ReplaceAsync(held);
        await play.DeployAsync("web:2");
        await play.RunAsync(AFewTurns);
        (await play.NewestAsync()).State.ShouldBeOfType<DeploymentState.Live>();

        await play.RollBackAsync();
        await play.RunAsync(AFewTurns);

        (await play.NewestAsync()).State.ShouldBeOfType<DeploymentState.Live>();
        going.SetResult();
        (await play.RunAsync()).ShouldBeTrue();
        await play.ShouldBeWholeAsync();
        await play.Replica.DisposeAsync();
    }

    [Theory]
    [InlineData("stop-instance")]
    [InlineData("remove-instance")]
    public async Task Instances_that_are_wanted_again_are_new_ones(string effect)
    {
        await using var stage = await Stage.SetAsync(server, Ct);
        Scenario.Furnish(stage);
        var play = await Play.BeginAsync(stage, Ct);
        await play.DeployAsync("web:1");
        await play.ScaleAsync(3);
        await play.RunAsync();
        var (held, going) = Holding(effect);
        await play.ReplaceAsync(held);
        await play.ScaleAsync(1);
        await play.RunAsync(AFewTurns);
        var left = stage.Edge.Routed(play.Env.ToString()).ShouldHaveSingleItem();

        await play.ScaleAsync(3);
        await play.RunAsync(AFewTurns);

        stage.Edge.Routed(play.Env.ToString()).Length.ShouldBe(3);
        stage.Edge.Routed(play.Env.ToString()).ShouldContain(left);
        going.SetResult();
        (await play.RunAsync()).ShouldBeTrue();
        await play.ShouldBeWholeAsync();
        await play.Replica.DisposeAsync();
    }

    private static (Executioner Held, TaskCompletionSource Going) Holding(string effect)
    {
        var going = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (new Executioner { Hold = name => name == effect ? going.Task : Task.CompletedTask }, going);
    }
}
