using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Davit.Manifest.Yaml;

namespace Davit.Manifest.Tests.Corpus;

/// <summary>JSON as the corpus compares it: object keys without order, arrays with order, numbers by value.</summary>
internal static class Json
{
    public static Dictionary<string, string> Texts(JsonElement map) =>
        map.ValueKind is JsonValueKind.Object ? map.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString() ?? "", StringComparer.Ordinal) : [];

    public static string? Differ(string? wanted, string? actual) => wanted == actual ? null : $"wanted '{wanted}', got '{actual}'";

    public static Node ToNode(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var map = new MapNode();
                foreach (var property in element.EnumerateObject())
                    map[property.Name] = ToNode(property.Value);
                return map;
            case JsonValueKind.Array:
                var list = new ListNode();
                list.Items.AddRange(element.EnumerateArray().Select(ToNode));
                return list;
            case JsonValueKind.String:
                return ScalarNode.OfText(element.GetString()!);
            case JsonValueKind.Number:
                return ScalarResolver.Plain(element.GetRawText());
            case JsonValueKind.Null:
                return new ScalarNode(ScalarKind.Null, "");
            default:
                return ScalarNode.OfBool(element.ValueKind is JsonValueKind.True);
        }
    }

    public static JsonElement Of(Node node) => JsonSerializer.SerializeToElement(Plain(node));

    /// <summary>The path of the first difference with both sides, or <see langword="null"/>.</summary>
    public static string? Difference(JsonElement wanted, JsonElement actual, string path = "")
    {
        if (wanted.ValueKind is JsonValueKind.Number && actual.ValueKind is JsonValueKind.Number)
            return wanted.GetDouble().Equals(actual.GetDouble()) ? null : Show(wanted, actual, path);
        if (wanted.ValueKind != actual.ValueKind)
            return Show(wanted, actual, path);
        return wanted.ValueKind switch
        {
            JsonValueKind.Object => Objects(wanted, actual, path),
            JsonValueKind.Array => Arrays(wanted, actual, path),
            JsonValueKind.String => wanted.GetString() == actual.GetString() ? null : Show(wanted, actual, path),
            _ => null,
        };
    }

    private static string? Objects(JsonElement wanted, JsonElement actual, string path)
    {
        foreach (var property in wanted.EnumerateObject())
        {
            if (!actual.TryGetProperty(property.Name, out var other))
                return $"{path}/{property.Name} is missing, wanted {Cut(property.Value)}";
            if (Difference(property.Value, other, $"{path}/{property.Name}") is { } difference)
                return difference;
        }

        foreach (var property in actual.EnumerateObject())
        {
            if (!wanted.TryGetProperty(property.Name, out _))
                return $"{path}/{property.Name} is too much: {Cut(property.Value)}";
        }

        return null;
    }

    private static string? Arrays(JsonElement wanted, JsonElement actual, string path)
    {
        if (wanted.GetArrayLength() != actual.GetArrayLength())
            return Show(wanted, actual, path);
        for (var i = 0; i < wanted.GetArrayLength(); i++)
        {
            if (Difference(wanted[i], actual[i], $"{path}/{i.ToString(CultureInfo.InvariantCulture)}") is { } difference)
                return difference;
        }

        return null;
    }

    private static object? Plain(Node node) => node switch
    {
        MapNode map => map.Entries.ToDictionary(e => e.Key, e => Plain(e.Value), StringComparer.Ordinal),
        ListNode list => list.Items.Select(Plain).ToArray(),
        ScalarNode { Kind: ScalarKind.Null } => null,
        ScalarNode { Kind: ScalarKind.Bool } scalar => scalar.IsTrue,
        ScalarNode { Kind: ScalarKind.Integer } scalar => (double)BigInteger.Parse(scalar.Text, CultureInfo.InvariantCulture),
        ScalarNode { Kind: ScalarKind.Float } scalar => scalar.AsDouble,
        ScalarNode scalar => scalar.Text,
        _ => throw new InvalidOperationException(),
    };

    private static string Show(JsonElement wanted, JsonElement actual, string path) => $"{path} wanted {Cut(wanted)}, got {Cut(actual)}";

    private static string Cut(JsonElement element) => element.GetRawText() is { Length: > 300 } text ? text[..300] + "…" : element.GetRawText();
}
