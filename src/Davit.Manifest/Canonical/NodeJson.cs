using System.Text.Json.Nodes;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.Canonical;

/// <summary>A tree as canonical JSON.</summary>
internal static class NodeJson
{
    public static string Of(Node node) => CanonicalJson.Text(Value(node));

    private static JsonNode? Value(Node node) => node switch
    {
        MapNode map => new JsonObject(map.Entries.Select(e => KeyValuePair.Create(e.Key, Value(e.Value)))),
        ListNode list => new JsonArray([.. list.Items.Select(Value)]),
        ScalarNode { Kind: ScalarKind.Bool } flag => JsonValue.Create(flag.IsTrue),
        ScalarNode { IsNumber: true } number when double.IsFinite(number.AsDouble) => JsonValue.Create(number.AsDouble),
        ScalarNode { IsNull: false } text => JsonValue.Create(text.Text),
        _ => null,
    };
}
