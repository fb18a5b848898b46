using System.Collections.Immutable;
using System.Text.Json;
using Davit.Model;

namespace Davit.Manifest.Tests.Corpus;

public sealed class ComposeCorpusTests
{
    [Theory]
    [InlineData("templates")]
    [InlineData("loader")]
    [InlineData("e2e")]
    [InlineData("spec")]
    public void Every_published_compose_case_gives_the_same_model_or_the_same_refusal(string table) => CorpusTable.Open(table).Judge(Judge);

    private static string? Judge(JsonElement item)
    {
        if (item.TryGetProperty("needs", out _))
            return null;
        var scene = new Scene(item.GetProperty("project_dir").GetString()!);
        var result = ComposeRenderer.Render(scene.Request(item), Texts(item, "services"));
        var expect = item.GetProperty("expect");
        if (!expect.GetProperty("ok").GetBoolean())
            return Refused(expect, result);
        if (result.Json is null)
            return $"refused: {result.First}";
        using var actual = JsonDocument.Parse(result.Json);
        using var wanted = JsonDocument.Parse(scene.Place(expect.GetProperty("model")));
        return Json.Difference(Scene.WithoutDefaults(wanted.RootElement), Scene.WithoutDefaults(actual.RootElement));
    }

    private static string? Refused(JsonElement expect, RenderResult result)
    {
        var wanted = expect.GetProperty("class").GetString();
        if (result.First is null)
            return $"accepted, should be refused as {wanted}: {expect.GetProperty("error")}";
        var actual = ClassOf(result.First);
        return actual == wanted ? null : $"refused as {actual} ({result.First}), should be {wanted}: {expect.GetProperty("error")}";
    }

    internal static ImmutableArray<string> Texts(JsonElement item, string key) =>
        item.TryGetProperty(key, out var list) && list.ValueKind is JsonValueKind.Array ? [.. list.EnumerateArray().Select(e => e.GetString()!)] : [];

    /// <summary>The corpus's own names for kinds of refusal.</summary>
    private static string ClassOf(Fault fault) => fault.Code.Name switch
    {
        "yaml-syntax" or "yaml-encoding" or "duplicate-key" or "key-not-text" or "merge-key-invalid" or "alias-cycle" or "unknown-tag" or "manifest-too-large" => "yaml",
        "wrong-type" when fault.Path is "name" => "yaml",
        "not-a-mapping" when !fault.Message.Contains("empty", StringComparison.Ordinal) => "yaml",
        "unknown-key" or "wrong-type" or "missing-key" or "value-not-allowed" or "duplicate-item" or "not-a-mapping" => "schema",
        "value-out-of-range" or "keys-conflict" => "validation",
        "value-invalid" when fault.Message.Contains("trailing space", StringComparison.Ordinal) => "decode",
        "value-invalid" when fault.Message.Contains("IP address", StringComparison.Ordinal) || fault.Message.Contains("bind mount needs", StringComparison.Ordinal) => "validation",
        "value-invalid" => "decode",
        "variable-required" => "interpolation-required",
        "template-invalid" => "interpolation-format",
        "value-not-convertible" => "interpolation-cast",
        "env-file-missing" => "env-file-missing",
        "env-file-syntax" => "env-file-syntax",
        "dependency-cycle" or "include-cycle" or "extends-cycle" => "cycle",
        "extends-unknown" => "extends",
        "include-conflict" => "include",
        "name-invalid" => "project-name",
        "port-invalid" => "port",
        "mount-invalid" => "volume",
        "manifest-file-missing" or "include-remote" => "file-missing",
        "service-unknown" => "service-selection",
        "unknown-reference" or "service-without-image" or "values-contradict" or "dependency-disabled" => "consistency",
        var name => name,
    };
}
