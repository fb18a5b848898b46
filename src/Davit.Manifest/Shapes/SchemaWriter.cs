using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Davit.Manifest.Shapes;

/// <summary>Writes a shape as JSON Schema 2020-12 that accepts exactly what the shape check accepts.</summary>
internal static class SchemaWriter
{
    public static JsonObject Of(Shape shape)
    {
        var schema = new JsonObject();
        if (shape.Says.Length > 0)
            schema["description"] = shape.Says;
        if (IsAnything(shape))
            return schema;

        var types = Types(shape).ToArray();
        schema["type"] = types is [var only] ? only : new JsonArray([.. types.Select(t => JsonValue.Create(t))]);
        if (shape.Allowed is { } allowed)
            Allowed(schema, allowed, isOnly: types.Length is 1);
        if (shape.Pattern is { } pattern)
            schema["pattern"] = Form(pattern);
        if (shape.Min is { } min)
            schema["minimum"] = min;
        if (shape.Max is { } max)
            schema["maximum"] = max;
        if (shape.List is { } list)
            Items(schema, list);
        if (shape.Map is { } map)
            Properties(schema, map);
        return schema;
    }

    private static bool IsAnything(Shape shape) =>
        shape is { Kinds: Kinds.None, List: null, Map: null } || (shape.Kinds == S.Any.Kinds && shape.Map is { IsOpen: true });

    private static IEnumerable<string> Types(Shape shape)
    {
        if (shape.Kinds.HasFlag(Kinds.Text))
            yield return "string";
        if (shape.Kinds.HasFlag(Kinds.Number))
            yield return "number";
        else if (shape.Kinds.HasFlag(Kinds.Integer))
            yield return "integer";
        if (shape.Kinds.HasFlag(Kinds.Flag))
            yield return "boolean";
        if (shape.Kinds.HasFlag(Kinds.Null))
            yield return "null";
        if (shape.List is not null)
            yield return "array";
        if (shape.Map is not null)
            yield return "object";
    }

    /// <summary>An enum speaks about every type, so where others are allowed too a pattern speaks about text alone.</summary>
    private static void Allowed(JsonObject schema, string[] allowed, bool isOnly)
    {
        if (isOnly)
            schema["enum"] = new JsonArray([.. allowed.Select(a => JsonValue.Create(a))]);
        else
            schema["pattern"] = $"^({string.Join('|', allowed.Select(Regex.Escape))})$";
    }

    private static void Items(JsonObject schema, ListShape list)
    {
        schema["items"] = Of(list.Item);
        if (list.IsUnique)
            schema["uniqueItems"] = true;
    }

    private static void Properties(JsonObject schema, MapShape map)
    {
        if (map.Known.Count > 0)
            schema["properties"] = new JsonObject(map.Known.OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => KeyValuePair.Create(k.Key, (JsonNode?)Of(k.Value))));
        var patterns = new JsonObject();
        if (map.TakesExtensions)
            patterns["^x-"] = new JsonObject();
        if (map.Others is { } others)
            patterns[map.OtherKeys is { } form ? Form(form) : "."] = Of(others);
        if (patterns.Count > 0)
            schema["patternProperties"] = patterns;
        if (!map.IsOpen)
            schema["additionalProperties"] = false;
        if (map.Required.Length > 0)
            schema["required"] = new JsonArray([.. map.Required.Select(r => JsonValue.Create(r))]);
    }

    /// <summary>In JSON Schema the dollar is the end of the text and nothing else; here it is also the place before a last line break.</summary>
    private static string Form(Regex form) => form.ToString().Replace(@"\z", "$", StringComparison.Ordinal);
}
