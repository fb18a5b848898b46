using System.Text;
using System.Text.Encodings.Web;
using Davit.Contracts.Documents;

namespace Davit.Contracts.JsonSchemas.Values;

/// <summary>A JSON value that need not stand in a document. Equal as JSON Schema means it: members in any order, <c>1.0</c> is <c>1</c>.</summary>
internal sealed class JsonValue : IEquatable<JsonValue>
{
    private JsonValue(NodeKind kind) => Kind = kind;

    public static JsonValue Null { get; } = new(NodeKind.Null);

    public static JsonValue True { get; } = new(NodeKind.Boolean) { IsTrue = true };

    public static JsonValue False { get; } = new(NodeKind.Boolean);

    public NodeKind Kind { get; }

    public bool IsTrue { get; private init; }

    public Exact Number { get; private init; }

    public string Text { get; private init; } = "";

    public IReadOnlyList<JsonValue> Elements { get; private init; } = [];

    public IReadOnlyDictionary<string, JsonValue> Members { get; private init; } = new Dictionary<string, JsonValue>(StringComparer.Ordinal);

    public static JsonValue Of(Exact number) => new(NodeKind.Number) { Number = number };

    public static JsonValue Of(string text) => new(NodeKind.String) { Text = text };

    public static JsonValue Of(IReadOnlyList<JsonValue> elements) => new(NodeKind.Array) { Elements = elements };

    public static JsonValue Of(IReadOnlyDictionary<string, JsonValue> members) => new(NodeKind.Object) { Members = members };

    public static JsonValue Of(Node node) => node.Kind switch
    {
        NodeKind.Boolean => node.Boolean is true ? True : False,
        NodeKind.Number => Of(Exact.Parse(node.Scalar!)),
        NodeKind.String => Of(node.Text!),
        NodeKind.Array => Of(node.Children.ToList().ConvertAll(Of)),
        NodeKind.Object => Of(node.Children.ToList().DistinctBy(c => c.Name, StringComparer.Ordinal).ToDictionary(c => c.Name!, Of, StringComparer.Ordinal)),
        _ => Null,
    };

    public bool Equals(JsonValue? other)
    {
        if (other is null || other.Kind != Kind)
            return false;
        return Kind switch
        {
            NodeKind.Boolean => IsTrue == other.IsTrue,
            NodeKind.Number => Number == other.Number,
            NodeKind.String => string.Equals(Text, other.Text, StringComparison.Ordinal),
            NodeKind.Array => Elements.SequenceEqual(other.Elements),
            NodeKind.Object => Members.Count == other.Members.Count && Members.All(m => other.Members.TryGetValue(m.Key, out var same) && m.Value.Equals(same)),
            _ => true,
        };
    }

    public override bool Equals(object? obj) => obj is JsonValue other && Equals(other);

    public override int GetHashCode() => Kind switch
    {
        NodeKind.Number => Number.GetHashCode(),
        NodeKind.String => Text.GetHashCode(StringComparison.Ordinal),
        NodeKind.Array => HashCode.Combine(Kind, Elements.Count, Elements is [var first, ..] ? first : null),
        NodeKind.Object => HashCode.Combine(Kind, Members.Count),
        _ => HashCode.Combine(Kind, IsTrue),
    };

    /// <summary>The value as JSON.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    private void Write(StringBuilder text)
    {
        switch (Kind)
        {
            case NodeKind.Array:
                Join(text, '[', ']', Elements, element => element.Write(text));
                break;
            case NodeKind.Object:
                Join(text, '{', '}', Members.OrderBy(m => m.Key, StringComparer.Ordinal), member =>
                {
                    Quote(text, member.Key);
                    text.Append(':');
                    member.Value.Write(text);
                });
                break;
            case NodeKind.String:
                Quote(text, Text);
                break;
            default:
                text.Append(Kind switch { NodeKind.Number => Number.ToString(), NodeKind.Boolean => IsTrue ? "true" : "false", _ => "null" });
                break;
        }
    }

    private static void Quote(StringBuilder text, string value) => text.Append('"').Append(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value)).Append('"');

    private static void Join<T>(StringBuilder text, char open, char close, IEnumerable<T> parts, Action<T> write)
    {
        text.Append(open);
        var isFirst = true;
        foreach (var part in parts)
        {
            if (!isFirst)
                text.Append(',');
            isFirst = false;
            write(part);
        }

        text.Append(close);
    }
}
