using System.Text.Json.Nodes;

namespace Davit.EndToEnd.Tests.Support;

/// <summary>The real engine, looked at past the product.</summary>
internal static class Engine
{
    public static async Task<string> RunAsync(CancellationToken ct, params string[] arguments) =>
        (await new Program("docker", arguments).RunAsync(ct)).ShouldSucceed().Out.Trim();

    /// <summary>The ids of all containers, running or not, that carry a label.</summary>
    public static Task<string[]> ContainersAsync(string label, CancellationToken ct) => LinesAsync(ct, "ps", "--all", "--no-trunc", "--quiet", "--filter", $"label={label}");

    public static async Task<string[]> NamesAsync(string label, CancellationToken ct) =>
        [.. (await LinesAsync(ct, "ps", "--all", "--filter", $"label={label}", "--format", "{{.Names}}")).Order(StringComparer.Ordinal)];

    /// <summary>Everything that carries a label, each with its kind.</summary>
    public static async Task<string[]> ObjectsAsync(string label, CancellationToken ct)
    {
        var filter = $"label={label}";
        return
        [
            .. (await LinesAsync(ct, "ps", "--all", "--filter", filter, "--format", "{{.Names}}")).Select(n => $"container {n}"),
            .. (await LinesAsync(ct, "network", "ls", "--filter", filter, "--format", "{{.Name}}")).Select(n => $"network {n}"),
            .. (await LinesAsync(ct, "volume", "ls", "--filter", filter, "--format", "{{.Name}}")).Select(n => $"volume {n}"),
            .. (await LinesAsync(ct, "images", "--filter", filter, "--format", "{{.ID}} {{.Repository}}")).Select(n => $"image {n}"),
        ];
    }

    /// <summary>Takes away what a failed test left, so that the next run does not suffer from it.</summary>
    public static async Task RemoveAsync(string labelled, CancellationToken ct)
    {
        var (kind, name) = labelled.Split(' ') switch { [var k, var n, ..] => (k, n), _ => throw new ArgumentException(labelled, nameof(labelled)) };
        string[] arguments = kind is "container" ? ["rm", "--force", "--volumes", name] : kind is "image" ? ["rmi", "--force", name] : [kind, "rm", name];
        await new Program("docker", arguments).RunAsync(ct);
    }

    public static async Task<JsonObject> InspectAsync(string container, CancellationToken ct) =>
        JsonNode.Parse(await RunAsync(ct, "inspect", container))!.AsArray()[0]!.AsObject();

    private static async Task<string[]> LinesAsync(CancellationToken ct, params string[] arguments) =>
        (await RunAsync(ct, arguments)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
