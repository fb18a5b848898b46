using Davit.ControlPlane.Logs;
using Davit.Drivers;
using Davit.Model;
using Davit.Planning.Instances;
using Davit.Planning.Rollouts;
using Davit.Planning.Wishes;

namespace Davit.ControlPlane.Reconciling;

/// <summary>Runs a release command in a one-off instance of its service and keeps its output with the deployment.</summary>
internal sealed class CommandRunner(IRuntimeDriver driver, StepRunner steps, LogStore logs, TimeProvider clock)
{
    /// <returns>How it ended. A command that outlives its deadline is stopped.</returns>
    public async Task<CommandFact> RunAsync(StepScope scope, CommandWish command, CommandFact begun, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(command.Deadline, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        await using var writer = logs.OfDeployment(scope.Env.Id, scope.Deployment).Append();
        try
        {
            var outcome = await driver.RunToEndAsync(
                Spec(scope, command, begun),
                async (line, token) => await writer.WriteAsync(logs.Own("migrating", $"{command.Name} | {line.Text}"), token),
                both.Token);
            return begun with { EndedAt = clock.GetUtcNow(), ExitCode = outcome.ExitCode };
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return begun with { EndedAt = clock.GetUtcNow(), TimedOut = true };
        }
    }

    /// <summary>The new image with the service's environment, files, volumes and networks, but no ports, no restarts and no check.</summary>
    private InstanceSpec Spec(StepScope scope, CommandWish command, CommandFact begun)
    {
        var service = scope.Wish.Find(command.Service)!;
        var run = Id.Parse<RunId>(begun.Run);
        var spec = steps.Spec(service, $"{scope.Wish.App}-{scope.Wish.Env}-run-{Id.Tail(run)}");
        return spec with
        {
            Owner = spec.Owner with { Release = scope.Wish.Release, Deployment = scope.Deployment, Run = run },
            Process = spec.Process with { Command = [.. command.Arguments], Entrypoint = [] },
            Connectivity = spec.Connectivity with { Ports = [], Networks = [.. spec.Connectivity.Networks.Select(n => n with { Aliases = [] })] },
            Restart = RestartPolicy.Never,
            Health = null,
        };
    }
}
