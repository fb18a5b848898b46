using Davit.Drivers.Docker.Logs;
using Davit.Drivers.Instances;
using Davit.Drivers.Logs;
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Drivers.Docker.Instances;

/// <summary>Runs a container to its end. A container of that name that is still there is the same run: it is not begun again.</summary>
internal sealed class OneOffRun(InstanceCreation creation, InstanceLifecycle lifecycle, LogReader logs)
{
    /// <summary>Hooks are for instances that stay.</summary>
    public Task<RunOutcome> RunAsync(InstanceSpec spec, LogSink sink, CancellationToken ct) => RunAsync(spec with { Hooks = null }, sink, _ => Task.CompletedTask, ct);

    /// <param name="spec">What runs.</param>
    /// <param name="sink">Gets every line.</param>
    /// <param name="atEnd">Done with the ended container before it is removed.</param>
    /// <param name="ct">Ends the run.</param>
    public async Task<RunOutcome> RunAsync(InstanceSpec spec, LogSink sink, Func<RunOutcome, Task> atEnd, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        // A creation that is broken off may be finished by the engine later, when nobody removes it any more.
        var sight = await creation.CreateAsync(spec, null, CancellationToken.None);
        try
        {
            ct.ThrowIfCancellationRequested();
            if (sight.State is InstanceState.Created)
                await lifecycle.StartAsync(spec.Name, ct);
            await foreach (var line in logs.ReadAsync(spec.Name, new LogQuery { Follow = true }, ct))
                await sink(line, ct);

            var end = await lifecycle.WaitAsync(spec.Name, ct) ?? throw new ProblemException(DriverProblems.InstanceNotFound(spec.Name));
            var outcome = new RunOutcome(end.ExitCode, end.OomKilled, end.StartedAt ?? end.FinishedAt, end.FinishedAt);
            await atEnd(outcome);
            return outcome;
        }
        finally
        {
            // Also after cancellation: an abandoned run must not go on.
            await lifecycle.RemoveAsync(spec.Name, CancellationToken.None);
        }
    }
}
