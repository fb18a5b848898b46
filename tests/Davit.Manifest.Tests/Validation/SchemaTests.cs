using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Davit.Manifest.Canonical;
using Davit.Manifest.Loading;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.Tests.Validation;

/// <summary>The exported schemas and the loader's shape check agree.</summary>
public sealed class SchemaTests
{
    private static readonly string[] ShapeNames = ["unknown-key", "wrong-type", "missing-key", "value-not-allowed", "value-out-of-range", "duplicate-item", "not-a-mapping", "merge-conflict", "mount-invalid"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly JsonNode Davit = JsonNode.Parse(ManifestSchema.Davit())!;
    private static readonly JsonNode Compose = JsonNode.Parse(ManifestSchema.Compose())!;

    public static TheoryData<string> Names { get; } = [.. RefusalFixtures.All.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Schema_and_loader_agree_on_every_fixture(string name)
    {
        var (_, files) = RefusalFixtures.All.Single(f => f.Name == name);
        var wrong = Shop.Load(files).Faults.Where(f => ShapeNames.Contains(f.Code.Name)).Select(f => f.At?.File).ToHashSet();
        foreach (var (path, text) in files.Where(f => f.Path.EndsWith(".yaml", StringComparison.Ordinal)))
        {
            if (Tree(path, text) is { } tree)
                Accepts(path is "davit.yaml" ? Davit : Compose, JsonNode.Parse(NodeJson.Of(tree))).ShouldBe(!wrong.Contains(path), text);
        }
    }

    [Theory]
    [InlineData("davit: 1\nservices: {a: {health: none, scale: 3}}\n", true)]
    [InlineData("davit: 1\nservices: {a: {health: nothing}}\n", false)]
    [InlineData("davit: 1\nservices: {a: {health: {path: 1}}}\n", false)]
    [InlineData("davit: 1\nenvironments: {p: {services: {a: {health: null, kind: null}}}}\n", true)]
    [InlineData("davit: 1\nx-own: {a: [1]}\n", true)]
    [InlineData("app: x\n", false)]
    public void The_schema_of_the_manifest_knows_its_keys(string text, bool accepts) =>
        Accepts(Davit, JsonNode.Parse(NodeJson.Of(Tree("davit.yaml", text)!))).ShouldBe(accepts);

    private static Node? Tree(string path, string text)
    {
        var documents = YamlReader.Read(new SourceFile("/" + path, path, OriginKind.File, ""), Encoding.UTF8.GetBytes(text), new FaultSink());
        return documents is [var only] ? only : null;
    }

    private static bool Accepts(JsonNode schema, JsonNode? value)
    {
        string[] types = schema["type"] switch { JsonArray many => [.. many.Select(t => t!.GetValue<string>())], JsonValue one => [one.GetValue<string>()], _ => [] };
        if (types.Length > 0 && !types.Any(t => Is(t, value)))
            return false;
        return value switch
        {
            JsonObject map => Object(schema, map),
            JsonArray list => (schema["uniqueItems"] is null || list.DistinctBy(CanonicalJson.Text).Count() == list.Count) && (schema["items"] is not { } item || list.All(i => Accepts(item, i))),
            JsonValue scalar when Is("string", scalar) => Text(schema, scalar.GetValue<string>()),
            JsonValue scalar when Is("number", scalar) => !(scalar.GetValue<double>() < schema["minimum"]?.GetValue<double>() || scalar.GetValue<double>() > schema["maximum"]?.GetValue<double>()),
            _ => true,
        };
    }

    private static bool Object(JsonNode schema, JsonObject map) =>
        (schema["required"] as JsonArray ?? []).All(r => map.ContainsKey(r!.GetValue<string>())) && map.All(e => Property(schema, e.Key, e.Value));

    private static bool Property(JsonNode schema, string key, JsonNode? value)
    {
        if (schema["properties"]?[key] is { } known)
            return Accepts(known, value);
        var matching = (schema["patternProperties"] as JsonObject ?? []).Where(p => Regex.IsMatch(key, p.Key, RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Patience)).Select(p => p.Value!).ToArray();
        return matching.Length > 0 ? matching.All(m => Accepts(m, value)) : schema["additionalProperties"] is null;
    }

    private static bool Text(JsonNode schema, string text) =>
        (schema["enum"] is not JsonArray allowed || allowed.Any(a => a!.GetValue<string>() == text)) && (schema["pattern"] is not { } pattern || Regex.IsMatch(text, pattern.GetValue<string>(), RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Patience));

    private static bool Is(string type, JsonNode? value) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() is System.Text.Json.JsonValueKind.String,
        "boolean" => value?.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
        "integer" => Is("number", value) && double.IsInteger(value!.GetValue<double>()),
        _ => value?.GetValueKind() is System.Text.Json.JsonValueKind.Number,
    };
}
