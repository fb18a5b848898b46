using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Davit.Model;

/// <summary>
/// JSON with one spelling only (RFC 8785, JSON Canonicalization Scheme): members sorted by UTF-16 code units, no white
/// space, shortest string escapes, numbers as ECMAScript prints them. Equal values give equal bytes.
/// </summary>
public static class CanonicalJson
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\']);

    public static byte[] Bytes(JsonNode? node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Write(buffer, node);
        return buffer.WrittenSpan.ToArray();
    }

    public static string Text(JsonNode? node) => Encoding.UTF8.GetString(Bytes(node));

    /// <summary><c>sha256:</c> and 64 lower-case hexadecimal digits over the canonical bytes.</summary>
    public static string Hash(JsonNode? node) => HashOf(Bytes(node));

    public static string HashOf(ReadOnlySpan<byte> bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static void Write(ArrayBufferWriter<byte> to, JsonNode? node)
    {
        switch (node)
        {
            case null:
                to.Write("null"u8);
                break;
            case JsonObject o:
                WriteObject(to, o);
                break;
            case JsonArray a:
                WriteArray(to, a);
                break;
            default:
                WriteValue(to, node.AsValue());
                break;
        }
    }

    private static void WriteObject(ArrayBufferWriter<byte> to, JsonObject node)
    {
        to.Write("{"u8);
        var first = true;
        foreach (var (key, value) in node.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            if (!first)
                to.Write(","u8);
            first = false;
            WriteString(to, key);
            to.Write(":"u8);
            Write(to, value);
        }

        to.Write("}"u8);
    }

    private static void WriteArray(ArrayBufferWriter<byte> to, JsonArray node)
    {
        to.Write("["u8);
        for (var i = 0; i < node.Count; i++)
        {
            if (i > 0)
                to.Write(","u8);
            Write(to, node[i]);
        }

        to.Write("]"u8);
    }

    private static void WriteValue(ArrayBufferWriter<byte> to, JsonValue value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                WriteString(to, value.TryGetValue<string>(out var text) ? text : JsonNode.Parse(value.ToJsonString())!.GetValue<string>());
                break;
            case JsonValueKind.Number:
                to.Write(Encoding.ASCII.GetBytes(Number(double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture))));
                break;
            case var kind:
                to.Write(kind is JsonValueKind.True ? "true"u8 : kind is JsonValueKind.False ? "false"u8 : "null"u8);
                break;
        }
    }

    private static void WriteString(ArrayBufferWriter<byte> to, string text)
    {
        to.Write("\""u8);
        if (text.AsSpan().ContainsAny(Escaped))
        {
            foreach (var rune in text.EnumerateRunes())
                to.Write(Encoding.UTF8.GetBytes(Escape(rune)));
        }
        else
        {
            Encoding.UTF8.GetBytes(text, to);
        }

        to.Write("\""u8);
    }

    private static string Escape(Rune rune) => rune.Value switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        < 0x20 => $"\\u{rune.Value:x4}",
        _ => rune.ToString(),
    };

    /// <summary>Number::toString of ECMA-262, section 6.1.6.1.20, which RFC 8785 prescribes.</summary>
    internal static string Number(double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentException("a number that no double holds has no canonical form", nameof(value));
        if (value is 0)
            return "0";
        var (digits, point) = Digits(Math.Abs(value).ToString("R", CultureInfo.InvariantCulture));
        return (value < 0 ? "-" : "") + Place(digits, point);
    }

    /// <summary>The significant digits and the place of the decimal point counted from the first of them.</summary>
    private static (string Digits, int Point) Digits(string shortest)
    {
        var cut = shortest.IndexOf('E', StringComparison.Ordinal);
        var exponent = cut < 0 ? 0 : int.Parse(shortest.AsSpan(cut + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = cut < 0 ? shortest : shortest[..cut];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa.Length : point;
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var leading = all.Length - all.TrimStart('0').Length;
        return (all.Trim('0'), whole - leading + exponent);
    }

    private static string Place(string digits, int point) => point switch
    {
        > 21 or <= -6 => $"{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : "")}e{(point > 0 ? "+" : "-")}{Math.Abs(point - 1)}",
        _ when point >= digits.Length => digits + new string('0', point - digits.Length),
        > 0 => $"{digits[..point]}.{digits[point..]}",
        _ => "0." + new string('0', -point) + digits,
    };
}
