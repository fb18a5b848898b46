using System.Text.Json.Nodes;

namespace Davit.ControlPlane.Tests.Support;

/// <summary>One operation of the API, as the server itself describes it.</summary>
/// <param name="Bodies">A body for every form that it takes; none when it takes none or a stream.</param>
internal sealed record Operation(HttpMethod Method, string Template, IReadOnlyList<string> PathNames, IReadOnlyList<string> QueryNames, IReadOnlyList<JsonNode> Bodies)
{
    /// <summary>The path with every name filled in.</summary>
    public string Path(Func<string, string> fill) =>
        PathNames.Aggregate(Template, (path, name) => path.Replace($"{{{name}}}", Uri.EscapeDataString(fill(name)), StringComparison.Ordinal));

    public override string ToString() => $"{Method} {Template}";
}

/// <summary>
/// Reads the operations, their parameters and forms of bodies out of the OpenAPI document of a running server, so that what
/// is added to the API is covered by whoever walks over it.
/// </summary>
internal static class ApiSurface
{
    private static readonly string[] Methods = ["get", "post", "put", "patch", "delete"];

    public static async Task<IReadOnlyList<Operation>> ReadAsync(Installed installed, CancellationToken ct)
    {
        using var api = installed.Api();
        var document = (await api.GetAsync("/v1/openapi.json", ct)).ShouldBe(200).Json;
        var schemas = new Schemas(document["components"]!["schemas"]!.AsObject());
        Operation[] all = [.. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
            .Where(o => Methods.Contains(o.Key, StringComparer.Ordinal))
            .Select(o => Of(path.Key, HttpMethod.Parse(o.Key), o.Value!.AsObject(), schemas)))];
        all.Length.ShouldBeGreaterThan(40);
        all.Count(o => o.Bodies.Count > 0).ShouldBeGreaterThan(8);
        return all;
    }

    /// <summary>Every place of a text in a JSON value: what it stands under, and how to put another there.</summary>
    public static IEnumerable<(string Where, Func<string, JsonNode> With)> Texts(JsonNode body) => Places(body, "$", replaced => replaced);

    private static IEnumerable<(string, Func<string, JsonNode>)> Places(JsonNode node, string where, Func<JsonNode, JsonNode> rebuild)
    {
        switch (node)
        {
            case JsonObject o:
                foreach (var (name, value) in o.ToArray())
                {
                    foreach (var place in Places(value!, $"{where}.{name}", v => rebuild(With(o, name, name, v))))
                        yield return place;
                    if (name.StartsWith(Schemas.AnyName, StringComparison.Ordinal))
                        yield return ($"{where}.{name} (name)", text => rebuild(With(o, name, text, value!.DeepClone())));
                }

                break;
            case JsonArray a:
                foreach (var place in Places(a[0]!, $"{where}[0]", v => rebuild(new JsonArray(v))))
                    yield return place;
                break;
            case JsonValue v when v.GetValueKind() is System.Text.Json.JsonValueKind.String:
                yield return (where, text => rebuild(JsonValue.Create(text)));
                break;
        }
    }

    private static JsonObject With(JsonObject o, string name, string newName, JsonNode value) =>
        new(o.Select(m => m.Key == name ? KeyValuePair.Create(newName, (JsonNode?)value) : KeyValuePair.Create(m.Key, m.Value?.DeepClone())));

    private static Operation Of(string path, HttpMethod method, JsonObject operation, Schemas schemas)
    {
        var parameters = operation["parameters"]?.AsArray() ?? [];
        IReadOnlyList<string> Names(string place) => [.. parameters.Where(p => (string)p!["in"]! == place).Select(p => (string)p!["name"]!)];
        var body = operation["requestBody"]?["content"]?["application/json"]?["schema"];
        return new(method, path, Names("path"), Names("query"), body is null ? [] : [.. schemas.Samples(body)]);
    }

    /// <summary>Makes values that fit a schema, one for each of its alternatives.</summary>
    private sealed class Schemas(JsonObject all)
    {
        public const string AnyName = "web";

        public IEnumerable<JsonNode> Samples(JsonNode schema)
        {
            if ((string?)schema["$ref"] is { } reference)
                return Samples(all[reference[(reference.LastIndexOf('/') + 1)..]]!);
            if ((schema["anyOf"] ?? schema["oneOf"])?.AsArray() is { } alternatives)
                return alternatives.Where(a => (string?)a!["type"] is not "null").SelectMany(a => Samples(a!));
            if (schema["enum"]?.AsArray() is { } values)
                return [values[0]!.DeepClone()];
            return Type(schema) switch
            {
                "object" when schema["properties"] is JsonObject members => Objects(members),
                "object" => [new JsonObject { [AnyName] = schema["additionalProperties"] is JsonObject item ? Samples(item).First() : "a" }],
                "array" => Samples(schema["items"]!).Select(i => new JsonArray(i)),
                "integer" or "number" => [JsonValue.Create(1)],
                "boolean" => [JsonValue.Create(true)],
                _ => [JsonValue.Create("a")],
            };
        }

        private static string Type(JsonNode schema) => schema["type"] switch
        {
            JsonArray several => several.Select(t => (string)t!).First(t => t is not "null" and not "string" || several.Count is 1 || several.All(o => (string)o! is "null" or "string")),
            var one => (string?)one ?? "string",
        };

        /// <summary>All members at once; the member with alternatives makes as many objects.</summary>
        private IEnumerable<JsonNode> Objects(JsonObject members)
        {
            var samples = members.Select(m => (m.Key, Values: Samples(m.Value!).ToArray())).ToArray();
            for (var i = 0; i < samples.Max(s => s.Values.Length); i++)
                yield return new JsonObject(samples.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)s.Values[Math.Min(i, s.Values.Length - 1)].DeepClone())));
        }
    }
}
