using System.Collections.Frozen;
using Davit.Contracts.Findings;

namespace Davit.Contracts.AsyncApi.Bindings;

/// <summary>
/// What protocols are told in bindings: by some of it messages are routed and read, the rest is tuning. Settings that hold
/// schemas are judged as schemas.
/// </summary>
internal static class Protocols
{
    /// <summary>Level and key of what messages are routed and read by; a key stands for all that is in it.</summary>
    private static readonly FrozenDictionary<string, string[]> Routing = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["kafka"] = ["channel topic", "message key", "message schemaIdLocation", "message schemaIdPayloadEncoding", "message schemaLookupStrategy", "server schemaRegistryUrl", "server schemaRegistryVendor"],
        ["amqp"] = ["channel is", "channel exchange.name", "channel exchange.type", "channel exchange.vhost", "channel queue.name", "channel queue.vhost", "operation cc", "operation replyTo", "message contentEncoding", "message messageType"],
        ["amqp1"] = [],
        ["mqtt"] = ["operation topic", "message contentType", "message payloadFormatIndicator", "message responseTopic"],
        ["mqtt5"] = [],
        ["http"] = ["operation method", "operation type", "operation query", "message headers", "message statusCode"],
        ["ws"] = ["channel method", "channel query", "channel headers"],
        ["nats"] = ["operation queue"],
        ["jms"] = ["channel destination", "channel destinationType", "message headers"],
        ["sns"] = ["channel name", "operation topic"],
        ["sqs"] = ["channel queue.name", "channel queue.fifoQueue", "operation queues"],
        ["pulsar"] = ["server tenant", "channel namespace", "channel persistence"],
        ["redis"] = [],
        ["stomp"] = [],
        ["mercure"] = [],
        ["solace"] = ["server msgVpn", "operation destinations"],
        ["ibmmq"] = ["server ccdtQueueManagerName", "server cipherSpec", "server multiEndpointServer", "channel destinationType", "channel queue.objectName", "channel topic.string", "channel topic.objectName", "message type", "message headers"],
        ["googlepubsub"] = ["channel topic", "channel schemaSettings", "message schema"],
        ["anypointmq"] = ["channel destination", "channel destinationType", "message headers"],
        ["ros2"] = ["server rmwImplementation", "server domainId", "operation role"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Schemas = FrozenSet.ToFrozenSet(
        ["kafka message key", "kafka operation groupId", "kafka operation clientId", "http operation query", "http message headers", "ws channel query", "ws channel headers", "jms message headers", "anypointmq message headers"], StringComparer.Ordinal);

    /// <summary>The setting holds a schema.</summary>
    public static bool IsSchema(string level, string protocol, string key) => Schemas.Contains($"{protocol} {level} {key}");

    /// <summary>How bad another value is. Of protocols that are not known nobody can tell.</summary>
    public static Severity LevelOf(string level, string protocol, string key)
    {
        if (key is "bindingVersion")
            return Severity.Note;
        var setting = $"{level} {key}";
        return Routing.TryGetValue(protocol, out var routing) && Array.Exists(routing, r => IsWithin(setting, r) || (key is not "" && IsWithin(r, setting))) ? Severity.Breaking : Severity.Warning;
    }

    private static bool IsWithin(string inner, string outer) => inner == outer || inner.StartsWith(outer + ".", StringComparison.Ordinal);
}
