using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Davit.Manifest.Canonical;

/// <summary>JSON as RFC 8785 writes it: no spaces, keys by UTF-16 code units, the shortest escapes, numbers as ECMAScript.</summary>
internal static class CanonicalJson
{
    public static string Text(JsonNode? node)
    {
        var text = new StringBuilder();
        Write(text, node);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject map:
                Join(text, '{', '}', map.OrderBy(e => e.Key, StringComparer.Ordinal), e =>
                {
                    Quote(text, e.Key);
                    text.Append(':');
                    Write(text, e.Value);
                });
                break;
            case JsonArray list:
                Join(text, '[', ']', list, item => Write(text, item));
                break;
            case JsonValue value:
                Scalar(text, value);
                break;
        }
    }

    private static void Join<T>(StringBuilder text, char open, char close, IEnumerable<T> items, Action<T> write)
    {
        text.Append(open);
        var isFirst = true;
        foreach (var item in items)
        {
            if (!isFirst)
                text.Append(',');
            isFirst = false;
            write(item);
        }

        text.Append(close);
    }

    private static void Scalar(StringBuilder text, JsonValue value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                Quote(text, value.GetValue<string>());
                break;
            case JsonValueKind.Number:
                text.Append(Number(value));
                break;
            case JsonValueKind.True:
                text.Append("true");
                break;
            default:
                text.Append("false");
                break;
        }
    }

    /// <summary>Whole numbers a double holds exactly are written as they are; the rest as ECMAScript prints doubles.</summary>
    private static string Number(JsonValue value)
    {
        var raw = value.ToJsonString();
        if (long.TryParse(raw, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && Math.Abs((decimal)whole) <= 1L << 53)
            return whole.ToString(CultureInfo.InvariantCulture);
        return EcmaNumber.Text(double.Parse(raw, CultureInfo.InvariantCulture));
    }

    private static void Quote(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
