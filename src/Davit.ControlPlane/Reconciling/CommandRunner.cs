using Davit.ControlPlane.Logs;
using Davit.Drivers;
using Davit.Drivers.Instances;
using Davit.Drivers.Logs;
using Davit.Model;
using Davit.Planning.Instances;
using Davit.Planning.Rollouts;
using Davit.Planning.Wishes;

namespace Davit.ControlPlane.Reconciling;

/// <summary>A command of its own in a throw-away instance of a service.</summary>
internal sealed record OneOff(string Service, EquatableList<string> Arguments, RunId Run);

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
                Spec(scope, command.Service, command.Arguments, Id.Parse<RunId>(begun.Run)),
                async (line, token) => await writer.WriteAsync(logs.Own("migrating", $"{command.Name} | {line.Text}"), token),
                both.Token);
            return begun with { EndedAt = clock.GetUtcNow(), ExitCode = outcome.ExitCode };
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return begun with { EndedAt = clock.GetUtcNow(), TimedOut = true };
        }
    }

    /// <summary>A command somebody asked for, outside of any deployment.</summary>
    public Task<RunOutcome> RunOnceAsync(StepScope scope, OneOff what, LogSink sink, CancellationToken ct) =>
        driver.RunToEndAsync(Spec(scope, what.Service, what.Arguments, what.Run), sink, ct);

    /// <summary>The image with the service's environment, files, volumes and networks, but no ports, no restarts and no check.</summary>
    private InstanceSpec Spec(StepScope scope, string service, EquatableList<string> arguments, RunId run)
    {
        var spec = steps.Spec(scope.Wish.Find(service)!, $"{scope.Wish.App}-{scope.Wish.Env}-run-{Id.Tail(run)}");
        return spec with
        {
            Owner = spec.Owner with { Release = scope.Wish.Release, Deployment = scope.Deployment, Run = run },
            Process = spec.Process with { Command = arguments, Entrypoint = [] },
            Connectivity = spec.Connectivity with { Ports = [], Networks = [.. spec.Connectivity.Networks.Select(n => n with { Aliases = [] })] },
            Restart = RestartPolicy.Never,
            Health = null,
        };
    }
}
