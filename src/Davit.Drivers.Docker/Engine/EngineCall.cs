using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Davit.Drivers.Docker.Engine;

/// <summary>One request to the engine, as data.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">Without version; escaped.</param>
internal sealed record EngineCall(HttpMethod Method, string Path)
{
    /// <summary>For the head of the answer, and for its body where the body is one document.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    public Func<HttpContent>? Content { get; init; }

    public (string Name, string Value)? Header { get; init; }

    public static EngineCall Get(string path, params ReadOnlySpan<(string Name, string? Value)> query) => new(HttpMethod.Get, path + Query(query));

    public static EngineCall Head(string path, params ReadOnlySpan<(string Name, string? Value)> query) => new(HttpMethod.Head, path + Query(query));

    public static EngineCall Post(string path, params ReadOnlySpan<(string Name, string? Value)> query) => new(HttpMethod.Post, path + Query(query));

    public static EngineCall Put(string path, params ReadOnlySpan<(string Name, string? Value)> query) => new(HttpMethod.Put, path + Query(query));

    public static EngineCall Delete(string path, params ReadOnlySpan<(string Name, string? Value)> query) => new(HttpMethod.Delete, path + Query(query));

    /// <summary>One segment of a path. Names come from outside, so none may add segments of its own.</summary>
    public static string Escape(string segment) => Uri.EscapeDataString(segment);

    public EngineCall WithJson<T>(T body, JsonTypeInfo<T> type)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, type);
        return this with { Content = () => new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
    }

    public override string ToString() => $"{Method} {Path.Split('?')[0]}";

    private static string Query(ReadOnlySpan<(string Name, string? Value)> query)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in query)
        {
            if (value is not null)
                text.Append(text.Length is 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return text.ToString();
    }
}
