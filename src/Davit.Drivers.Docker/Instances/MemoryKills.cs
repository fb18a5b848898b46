using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Engine.Messages;
using Davit.Drivers.Docker.Logs;

namespace Davit.Drivers.Docker.Instances;

/// <summary>
/// Engines mark a container as killed for memory only when the kernel's notice reaches them before the exit does, and on a
/// busy machine it often comes second. The notice itself is in the engine's event history, so that is asked in doubt.
/// </summary>
internal sealed class MemoryKills(EngineClient engine)
{
    private const int Killed = 137;
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);

    /// <param name="found">What the engine says.</param>
    /// <param name="isPatient">Waits for a notice that may still be on its way.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<ContainerInspect> CorrectAsync(ContainerInspect found, bool isPatient, CancellationToken ct)
    {
        if (found.State is not { Status: "exited", ExitCode: Killed, OOMKilled: false } || found.HostConfig is not { Memory: > 0 })
            return found;

        var end = found.State.FinishedAt + Delay;
        var now = engine.Clock.GetUtcNow();
        var call = EngineCall.Get(
            "/events",
            ("since", Instant(found.State.StartedAt)),
            ("until", Instant(isPatient || end < now ? end : now)),
            ("filters", $$"""{"container":["{{found.Id}}"],"event":["oom"]}"""));
        await foreach (var _ in engine.StreamAsync(call, EngineJson.Default.EventMessage, ct))
            return found with { State = found.State with { OOMKilled = true } };
        return found;
    }

    private static string Instant(DateTimeOffset at) => LogTimestamp.ToSince((at - DateTimeOffset.UnixEpoch).Ticks * 100);
}
