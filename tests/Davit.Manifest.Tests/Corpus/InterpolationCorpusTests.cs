using System.Text.Json;
using Davit.Manifest.Interpolation;

namespace Davit.Manifest.Tests.Corpus;

public sealed class InterpolationCorpusTests
{
    [Fact]
    public void Every_published_interpolation_case_gives_the_same_text_or_the_same_refusal() =>
        CorpusTable.Open("interpolation").Judge(Judge);

    private static string? Judge(JsonElement item)
    {
        var variables = item.TryGetProperty("env", out var env) ? Json.Texts(env) : [];
        var expect = item.GetProperty("expect");
        return item.GetProperty("kind").GetString() switch
        {
            "string" => JudgeText(item.GetProperty("input").GetString()!, variables, expect),
            "extract-variables" => JudgeVariables(item.GetProperty("input"), expect),
            "tree" => JudgeTree(item, variables, expect),
            var kind => $"unknown kind {kind}",
        };
    }

    private static string? JudgeText(string input, Dictionary<string, string> variables, JsonElement expect)
    {
        var template = new Template(name => variables.GetValueOrDefault(name));
        var filled = template.Fill(input);
        if (Refusal(template.Fault) is { } refusal)
            return expect.GetProperty("ok").GetBoolean() ? $"refused as {refusal}: {input}" : Json.Differ(expect.GetProperty("class").GetString(), refusal);
        if (!expect.GetProperty("ok").GetBoolean())
            return $"accepted as '{filled}', should be {expect.GetProperty("class")}: {input}";
        return Json.Differ(expect.GetProperty("output").GetString(), filled);
    }

    private static string? JudgeTree(JsonElement item, Dictionary<string, string> variables, JsonElement expect)
    {
        string? refusal = null;
        var tree = Json.ToNode(item.GetProperty("input"));
        var filled = TreeMap.Text(tree, text =>
        {
            var template = new Template(name => variables.GetValueOrDefault(name));
            var result = template.Fill(text);
            refusal ??= Refusal(template.Fault);
            return result;
        });
        if (item.TryGetProperty("casts", out _))
            return null;
        if (refusal is not null)
            return expect.GetProperty("ok").GetBoolean() ? $"refused as {refusal}" : Json.Differ(expect.GetProperty("class").GetString(), refusal);
        return !expect.GetProperty("ok").GetBoolean() ? "accepted" : Json.Difference(expect.GetProperty("output"), Json.Of(filled));
    }

    private static string? JudgeVariables(JsonElement input, JsonElement expect)
    {
        var found = VariableExtractor.Of(Json.ToNode(input));
        var actual = found.ToDictionary(
            v => v.Key,
            v => new { v.Value.Name, v.Value.DefaultValue, v.Value.PresenceValue, Required = v.Value.IsRequired },
            StringComparer.Ordinal);
        return Json.Difference(expect.GetProperty("output"), JsonSerializer.SerializeToElement(actual));
    }

    private static string? Refusal(TemplateFault? fault) => fault switch
    {
        null => null,
        TemplateFault.Malformed => "format",
        TemplateFault.Required => "required",
        _ => throw new InvalidOperationException(),
    };
}
