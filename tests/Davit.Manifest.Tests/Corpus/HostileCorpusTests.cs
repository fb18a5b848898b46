using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Davit.Manifest.Tests.Corpus;

/// <summary>Every hostile value ends in itself or in a problem, in under a second and 100 MB, and never in a crash.</summary>
public sealed class HostileCorpusTests
{
    private const string ThreadTimes = "/proc/thread-self/schedstat";
    private const long Bytes = 100 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    [Fact]
    public void Every_hostile_case_ends_verbatim_or_in_a_problem_fast_and_small() => CorpusTable.Open("hostile").Judge(item =>
    {
        var payload = Payload(item);
        var contexts = ComposeCorpusTests.Texts(item, "contexts");
        if (contexts.Contains("compose-file"))
            return Measured(() => File(payload, item));
        return contexts.Select(c => Measured(() => Planted(c, payload))).FirstOrDefault(wrong => wrong is not null);
    });

    private static byte[] Payload(JsonElement item)
    {
        if (item.TryGetProperty("value_base64", out var encoded))
            return encoded.GetBytesFromBase64();
        if (item.TryGetProperty("value", out var value))
            return Encoding.UTF8.GetBytes(value.GetString()!);
        var generate = item.GetProperty("generate");
        var part = generate.GetProperty("repeat").GetString()!;
        return Encoding.UTF8.GetBytes(new StringBuilder().Insert(0, part, generate.GetProperty("count").GetInt32()).ToString());
    }

    /// <summary>The slowest and the hungriest load of one case, without what the test itself needs.</summary>
    [ThreadStatic]
    private static (TimeSpan Time, long Allocated) t_worst;

    private static string? Measured(Func<string?> run)
    {
        t_worst = default;
        if (run() is { } wrong)
            return wrong;
        var (time, allocated) = t_worst;
        return time > Patience ? $"took {time}" : allocated > Bytes ? $"took {allocated / 1024 / 1024} MB" : null;
    }

    private static T Timed<T>(Func<T> load)
    {
        var started = Busy();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = load();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var time = Busy() - started;
        t_worst = (time > t_worst.Time ? time : t_worst.Time, Math.Max(allocated, t_worst.Allocated));
        return result;
    }

    /// <summary>How long this thread has run: loading is done by one thread, and a busy machine must not fail the test.</summary>
    private static TimeSpan Busy() => System.IO.File.Exists(ThreadTimes)
        ? TimeSpan.FromTicks(long.Parse(System.IO.File.ReadAllText(ThreadTimes).Split(' ')[0], CultureInfo.InvariantCulture) / 100)
        : Stopwatch.GetElapsedTime(0);

    private static string? File(byte[] file, JsonElement item)
    {
        var tree = new MemorySourceTree("/up/hostile").With("compose.yaml", file);
        var result = Timed(() => ComposeRenderer.Render(Request(tree), []));
        var strict = Timed(() => ManifestLoader.LoadAll(Request(tree) with { Mode = LoadMode.Davit }));
        if (!strict.IsAccepted && strict.Faults.All(f => f.Severity is not Model.Severity.Error))
            return "neither accepted nor refused";
        if (result.Json is null || !item.TryGetProperty("model", out var model) || model.TryGetProperty("not recorded", out _))
            return null;
        using var wanted = JsonDocument.Parse(model.GetRawText().Replace("$PROJECT", "/up/hostile", StringComparison.Ordinal).Replace("$UP1", "/up", StringComparison.Ordinal)
            .Replace("$UP2", "/", StringComparison.Ordinal).Replace("$UP3", "/", StringComparison.Ordinal).Replace("$UP4", "/", StringComparison.Ordinal));
        using var actual = JsonDocument.Parse(result.Json, new JsonDocumentOptions { MaxDepth = 256 });
        return Json.Difference(Scene.WithoutDefaults(wanted.RootElement), Scene.WithoutDefaults(actual.RootElement));
    }

    private static string? Planted(string context, byte[] payload)
    {
        var text = Encoding.UTF8.GetString(payload);
        return context switch
        {
            "env-value" => Value("environment", text),
            "label" => Value("labels", text),
            "hostname" => Scalar("hostname", text),
            "image" => Scalar("image", text),
            "service-name" => ServiceName(text),
            "path" or "config-target" or "volume-name" => Mount(text),
            "dotenv-file" or "env-file" => EnvFile(payload),
            _ => null,
        };
    }

    private static string? Value(string key, string text)
    {
        var file = $"services:\n  x:\n    image: x\n    {key}:\n      A: {JsonSerializer.Serialize(text.Replace("$", "$$", StringComparison.Ordinal))}\n";
        return Verbatim(file, text, model => model.GetProperty("services").GetProperty("x").GetProperty(key).GetProperty("A").GetString());
    }

    private static string? Scalar(string key, string text)
    {
        var image = key is "image" ? "" : "    image: x\n";
        var file = $"services:\n  x:\n{image}    {key}: {JsonSerializer.Serialize(text.Replace("$", "$$", StringComparison.Ordinal))}\n";
        return Verbatim(file, text, model => model.GetProperty("services").GetProperty("x").TryGetProperty(key, out var value) ? value.GetString() : "");
    }

    private static string? ServiceName(string text)
    {
        var result = Render($"services:\n  {JsonSerializer.Serialize(text)}:\n    image: x\n");
        return result.Json is null || text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') ? null : "accepted as a service name";
    }

    private static string? Mount(string text)
    {
        var result = Render($"services:\n  x:\n    image: x\n    volumes:\n      - {JsonSerializer.Serialize(text + ":/inside")}\n");
        return result.Json is null && result.First is null ? "neither accepted nor refused" : null;
    }

    private static string? EnvFile(byte[] payload)
    {
        var tree = new MemorySourceTree("/up/hostile").With("compose.yaml", "services:\n  x:\n    image: x\n    env_file: e.env\n").With("e.env", payload).With(".env", payload);
        var result = Timed(() => ComposeRenderer.Render(Request(tree), []));
        return result.Json is null && result.First is null ? "neither accepted nor refused" : null;
    }

    private static string? Verbatim(string file, string text, Func<JsonElement, string?> read)
    {
        var result = Render(file);
        if (result.Json is null)
            return result.First is null ? "neither accepted nor refused" : null;
        using var model = JsonDocument.Parse(result.Json);
        return Json.Differ(text, read(model.RootElement)?.Replace("$$", "$", StringComparison.Ordinal));
    }

    private static RenderResult Render(string file)
    {
        var tree = new MemorySourceTree("/up/hostile").With("compose.yaml", file);
        return Timed(() => ComposeRenderer.Render(Request(tree), []));
    }

    private static LoadRequest Request(MemorySourceTree tree) => new() { Source = tree, Mode = LoadMode.Compose };
}
