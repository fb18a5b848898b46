using System.Runtime.CompilerServices;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Engine.Messages;
using Davit.Drivers.Docker.Instances;
using Davit.Drivers.Events;

namespace Davit.Drivers.Docker.Events;

/// <summary>Hints from the engine's event stream.</summary>
internal sealed class EventReader(EngineClient engine)
{
    public async IAsyncEnumerable<RuntimeEvent> ReadAsync(OwnershipScope scope, [EnumeratorCancellation] CancellationToken ct)
    {
        var call = EngineCall.Get("/events", ("filters", InstanceReader.Filter(scope, ("type", ["container", "network", "volume"]))));
        await foreach (var message in engine.StreamAsync(call, EngineJson.Default.EventMessage, ct))
        {
            if (Translate(message) is { } hint)
                yield return hint;
        }
    }

    /// <summary>Health probes would wake everybody three times each; only their verdict is of interest.</summary>
    private static RuntimeEvent? Translate(EventMessage message) => message.Action.StartsWith("exec_", StringComparison.Ordinal) ? null : new(
        message.Type switch
        {
            "network" => RuntimeEventKind.Network,
            "volume" => RuntimeEventKind.Volume,
            "image" => RuntimeEventKind.Image,
            _ => RuntimeEventKind.Instance,
        },
        message.Actor?.Attributes?.GetValueOrDefault("name") ?? message.Actor?.Id ?? "",
        message.Action,
        DateTimeOffset.UnixEpoch.AddTicks(message.TimeNano / 100));
}
