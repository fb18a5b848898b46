using Davit.Drivers.Docker.Logs;
using Davit.Drivers.Instances;
using Davit.Drivers.Logs;
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Drivers.Docker.Instances;

/// <summary>Runs a container to its end. A container of that name that is still there is the same run: it is not begun again.</summary>
internal sealed class OneOffRun(InstanceCreation creation, InstanceLifecycle lifecycle, LogReader logs)
{
    public async Task<RunOutcome> RunAsync(InstanceSpec spec, LogSink sink, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        // A creation that is broken off may be finished by the engine later, when nobody removes it any more.
        var sight = await creation.CreateAsync(spec, CancellationToken.None);
        try
        {
            ct.ThrowIfCancellationRequested();
            if (sight.State is InstanceState.Created)
                await lifecycle.StartAsync(spec.Name, ct);
            await foreach (var line in logs.ReadAsync(spec.Name, new LogQuery { Follow = true }, ct))
                await sink(line, ct);

            var end = await lifecycle.WaitAsync(spec.Name, ct) ?? throw new ProblemException(DriverProblems.InstanceNotFound(spec.Name));
            return new(end.ExitCode, end.OomKilled, end.StartedAt ?? end.FinishedAt, end.FinishedAt);
        }
        finally
        {
            // Also after cancellation: an abandoned run must not go on.
            await lifecycle.RemoveAsync(spec.Name, CancellationToken.None);
        }
    }
}
