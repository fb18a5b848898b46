using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Davit.Edge.Control;

namespace Davit.Edge.Upgrading;

/// <summary>The first line from the old process: what it leaves open.</summary>
internal sealed record Offer(ImmutableSortedDictionary<string, int> Descriptors);

/// <summary>The answer: where the new process can be tried. Its addresses are "" when it does not listen there.</summary>
/// <param name="Fault">Why it cannot serve; "" when it can.</param>
internal sealed record Trial(string Control, string Http, string Https, string Fault);

/// <summary>The old process is content: serve.</summary>
/// <param name="Environments">What it knows about the health of targets.</param>
/// <param name="Predecessors">Processes that still finish connections, the sender among them.</param>
internal sealed record GoAhead(ImmutableArray<EnvironmentStatus> Environments, ImmutableArray<int> Predecessors);

/// <summary>The last line: the new process accepts.</summary>
internal sealed record Serving(string Version);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Offer))]
[JsonSerializable(typeof(Trial))]
[JsonSerializable(typeof(GoAhead))]
[JsonSerializable(typeof(Serving))]
internal sealed partial class MessageJson : JsonSerializerContext;

/// <summary>JSON lines between two processes. The end of one is seen by the other.</summary>
internal sealed class Channel(Stream stream) : IDisposable
{
    private readonly StreamReader _reader = new(stream);

    public async Task SayAsync<T>(T message, JsonTypeInfo<T> form, CancellationToken ct)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(message, form), (byte)'\n'];
        await stream.WriteAsync(line, ct);
    }

    /// <returns>Null when the other process has ended or speaks something else.</returns>
    public async Task<T?> HearAsync<T>(JsonTypeInfo<T> form, CancellationToken ct)
        where T : class
    {
        try
        {
            return await _reader.ReadLineAsync(ct) is { } line ? JsonSerializer.Deserialize(line, form) : null;
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        stream.Dispose();
    }
}
