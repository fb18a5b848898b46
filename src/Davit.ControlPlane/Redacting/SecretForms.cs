using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Davit.ControlPlane.Redacting;

/// <summary>The texts that a secret can appear as: itself, and what programs commonly make of it before they print it.</summary>
internal static class SecretForms
{
    /// <summary>Shorter texts stand in ordinary lines by chance.</summary>
    public const int Shortest = 6;

    private static readonly JavaScriptEncoder[] Encoders = [JavaScriptEncoder.Default, JavaScriptEncoder.UnsafeRelaxedJsonEscaping];

    public static IReadOnlySet<string> Of(byte[] value)
    {
        var forms = new HashSet<string>(StringComparer.Ordinal);
        if (Utf8.IsValid(value))
            forms.UnionWith(OfText(Encoding.UTF8.GetString(value)));
        forms.Add(Convert.ToHexStringLower(value));
        forms.Add(Convert.ToHexString(value));
        for (var offset = 0; offset < 3; offset++)
        {
            var core = Core(value, offset);
            forms.Add(core);
            forms.Add(core.Replace('+', '-').Replace('/', '_'));
        }

        forms.RemoveWhere(f => f.Length < Shortest || string.IsNullOrWhiteSpace(f));
        return forms;
    }

    private static IEnumerable<string> OfText(string text)
    {
        foreach (var piece in text.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Append(text.TrimEnd('\r', '\n')).Append(text))
        {
            yield return piece;
            foreach (var encoder in Encoders)
                yield return JsonEncodedText.Encode(piece, encoder).ToString();
            var escaped = Uri.EscapeDataString(piece);
            yield return escaped;
            yield return LowerEscapes(escaped);
            yield return escaped.Replace("%20", "+", StringComparison.Ordinal);
        }
    }

    private static string LowerEscapes(string escaped)
    {
        var lower = new StringBuilder(escaped);
        for (var i = 0; i + 2 < lower.Length; i++)
        {
            if (lower[i] is '%')
                (lower[i + 1], lower[i + 2]) = (char.ToLowerInvariant(lower[i + 1]), char.ToLowerInvariant(lower[i + 2]));
        }

        return lower.ToString();
    }

    /// <summary>What base64 makes of the value after so many other bytes: the characters that the value alone decides.</summary>
    private static string Core(byte[] value, int offset)
    {
        byte[] shifted = [.. new byte[offset], .. value];
        var text = Convert.ToBase64String(shifted).TrimEnd('=');
        var first = offset switch { 0 => 0, 1 => 2, _ => 3 };
        var last = shifted.Length % 3 is 0 ? text.Length : text.Length - 1;
        return last > first ? text[first..last] : "";
    }
}
