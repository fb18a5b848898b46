using Davit.ControlPlane.Leases;
using Davit.ControlPlane.Logs;
using Davit.Drivers;
using Davit.Drivers.Instances;
using Davit.Drivers.Logs;
using Davit.Model;
using Davit.Planning.Instances;
using Davit.Planning.Rollouts;
using Davit.Planning.Wishes;
using Davit.Store.Leases;

namespace Davit.ControlPlane.Reconciling;

/// <summary>A command of its own in a throw-away instance of a service.</summary>
internal sealed record OneOff(string Service, EquatableList<string> Arguments, RunId Run);

/// <summary>Runs a release command in a one-off instance of its service and keeps its output with the deployment.</summary>
internal sealed class CommandRunner(IRuntimeDriver driver, StepRunner steps, EffectGate gate, LogStore logs, TimeProvider clock)
{
    /// <returns>How it ended. A command that outlives its deadline is stopped.</returns>
    public async Task<CommandFact> RunAsync(StepScope scope, CommandWish command, CommandFact begun, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(command.Deadline, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        await using var writer = logs.OfDeployment(scope.Env.Id, scope.Deployment).Append();
        try
        {
            var spec = await SpecAsync(scope.Wish, scope.Deployment, new OneOff(command.Service, command.Arguments, Id.Parse<RunId>(begun.Run)), both.Token);
            var outcome = await gate.DoAsync(scope.Held, new Effect(scope.Env.Id, scope.Deployment, "run-command", begun.Run), () => driver.RunToEndAsync(
                spec,
                async (line, token) => await writer.WriteAsync(logs.Own("migrating", $"{command.Name} | {line.Text}"), token),
                both.Token), both.Token);
            return begun with { EndedAt = clock.GetUtcNow(), ExitCode = outcome.ExitCode };
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return begun with { EndedAt = clock.GetUtcNow(), TimedOut = true };
        }
    }

    /// <summary>A command somebody asked for, outside of any deployment.</summary>
    public async Task<RunOutcome> RunOnceAsync(Wish wish, DeploymentId deployment, OneOff what, LogSink sink, CancellationToken ct) =>
        await driver.RunToEndAsync(await SpecAsync(wish, deployment, what, ct), await WithoutSecretsAsync(wish, sink, ct), ct);

    private async Task<LogSink> WithoutSecretsAsync(Wish wish, LogSink sink, CancellationToken ct)
    {
        var owner = wish.Services.Items.Select(s => s.Template.Owner.Org).FirstOrDefault();
        var redactor = await logs.Redaction.OfAsync(owner, ct);
        return (line, token) => sink(redactor.Apply(line), token);
    }

    /// <summary>The image with the service's environment, files, volumes and networks, but no ports, no restarts and no check.</summary>
    private async Task<InstanceSpec> SpecAsync(Wish wish, DeploymentId deployment, OneOff what, CancellationToken ct)
    {
        var spec = await steps.SpecAsync(wish.Find(what.Service)!, $"{wish.App}-{wish.Env}-run-{Id.Tail(what.Run)}", ct);
        return spec with
        {
            Owner = spec.Owner with { Release = wish.Release, Deployment = deployment, Run = what.Run },
            Process = spec.Process with { Command = what.Arguments, Entrypoint = [] },
            Connectivity = spec.Connectivity with { Ports = [], Networks = [.. spec.Connectivity.Networks.Select(n => n with { Aliases = [] })] },
            Restart = RestartPolicy.Never,
            Health = null,
        };
    }
}
