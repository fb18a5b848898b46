using System.Text.Json;
using Davit.Manifest.EnvFiles;
using Davit.Manifest.Interpolation;

namespace Davit.Manifest.Tests.Corpus;

public sealed class EnvFileCorpusTests
{
    [Fact]
    public void Every_published_env_file_case_gives_the_same_values_or_the_same_refusal() => CorpusTable.Open("dotenv").Judge(Judge);

    private static string? Judge(JsonElement item)
    {
        var variables = item.TryGetProperty("env", out var env) ? Json.Texts(env) : [];
        var input = item.GetProperty("input").GetString()!;
        var expect = item.GetProperty("expect");
        var isOk = expect.GetProperty("ok").GetBoolean();
        var (output, refusal) = item.GetProperty("fn").GetString() is "expand" ? Expand(input, variables) : Parse(input, variables);
        if (refusal is not null)
            return isOk ? $"refused as {refusal}: {input}" : Json.Differ(expect.GetProperty("class").GetString(), refusal);
        return isOk ? Json.Difference(expect.GetProperty("output"), output) : $"accepted as {output}, should be {expect.GetProperty("class")}: {input}";
    }

    private static (JsonElement Output, string? Refusal) Parse(string input, Dictionary<string, string> variables)
    {
        var output = new Dictionary<string, string>(StringComparer.Ordinal);
        var parser = new EnvFileParser(input, name => variables.GetValueOrDefault(name), output);
        parser.Parse();
        return (JsonSerializer.SerializeToElement(output), parser.Fault?.Of.ToString().ToLowerInvariant());
    }

    private static (JsonElement Output, string? Refusal) Expand(string input, Dictionary<string, string> variables)
    {
        var template = new Template(name => variables.GetValueOrDefault(name));
        var filled = template.Fill(input);
        return (JsonSerializer.SerializeToElement(filled), template.Fault is null ? null : template.Fault is TemplateFault.Required ? "required" : "format");
    }
}
