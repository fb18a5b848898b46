using System.Buffers;
using System.Globalization;
using System.Text;

namespace Davit.Model;

/// <summary>
/// Text that somebody else wrote, as it may be shown: what ends a line, moves the cursor or turns the direction of reading
/// is written out as its escape, everything else stays as it is.
/// </summary>
public static class Printable
{
    private static readonly char[] Steering =
    [
        .. Enumerable.Range(0, 0x20).Select(c => (char)c), .. Enumerable.Range(0x7f, 0x21).Select(c => (char)c),
        '\u061c', '\u200e', '\u200f', '\u2028', '\u2029', '\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069',
    ];

    private static readonly SearchValues<char> NotInLine = SearchValues.Create(Steering);
    private static readonly SearchValues<char> NotInLines = SearchValues.Create([.. Steering.Except(['\n', '\t'])]);

    /// <summary>As one line. Readers of JSON hand over null where a member was missing.</summary>
    public static string Line(string? text) => Escape(text ?? "", NotInLine);

    /// <summary>As lines: ends of lines and tabs stay.</summary>
    public static string Lines(string? text) => Escape((text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal), NotInLines);

    private static string Escape(string text, SearchValues<char> escaped)
    {
        if (!text.AsSpan().ContainsAny(escaped))
            return text;

        var shown = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (!escaped.Contains(c))
                shown.Append(c);
            else
                shown.Append(c switch { '\n' => "\\n", '\r' => "\\r", '\t' => "\\t", _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") });
        }

        return shown.ToString();
    }
}
