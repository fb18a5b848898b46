using System.Globalization;
using System.Text;
using Davit.Contracts.Documents;

namespace Davit.Contracts.GraphQl.Sdl;

/// <summary>What strings say, GraphQL specification section 2.9.4.</summary>
internal static class StringLiteral
{
    public static string Read(SourceText source, int start, out int end)
    {
        var bytes = source.Bytes.AsSpan();
        return bytes[start..].StartsWith("\"\"\""u8) ? Block(source, start, out end) : Line(source, start, out end);
    }

    private static string Line(SourceText source, int start, out int end)
    {
        var bytes = source.Bytes.AsSpan();
        StringBuilder? text = null;
        var at = start + 1;
        while (true)
        {
            var run = bytes[at..].IndexOfAny("\"\\\n\r"u8);
            if (run < 0)
                throw Fault(source, "the string has no end", start, start);
            if (bytes[at + run] is (byte)'"' && text is null)
            {
                end = at + run + 1;
                return Encoding.UTF8.GetString(bytes.Slice(at, run));
            }

            text ??= new StringBuilder();
            text.Append(Encoding.UTF8.GetString(bytes.Slice(at, run)));
            at += run;
            if (bytes[at] is (byte)'"')
            {
                end = at + 1;
                return text.ToString();
            }

            if (bytes[at] is not (byte)'\\')
                throw Fault(source, "the string has no end on its line", start, at);
            at = Escape(source, at, text);
        }
    }

    private static int Escape(SourceText source, int at, StringBuilder text)
    {
        var bytes = source.Bytes.AsSpan();
        var mark = at + 1 < bytes.Length ? (char)bytes[at + 1] : '\0';
        if (mark is 'u')
            return Unicode(source, at, text);
        text.Append(mark switch
        {
            '"' or '\\' or '/' => mark,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => throw Fault(source, "the escape is not known", at, at),
        });
        return at + 2;
    }

    private static int Unicode(SourceText source, int at, StringBuilder text)
    {
        var (code, end) = CodeUnit(source, at);
        if (char.IsHighSurrogate((char)code) && code <= char.MaxValue && source.Bytes.AsSpan(end).StartsWith("\\u"u8))
        {
            var (low, after) = CodeUnit(source, end);
            if (low <= char.MaxValue && char.IsLowSurrogate((char)low))
                (code, end) = (char.ConvertToUtf32((char)code, (char)low), after);
        }

        if (!Rune.TryCreate(code, out var rune))
            throw Fault(source, "an escape stands for half a character", at, end);
        text.Append(rune.ToString());
        return end;
    }

    private static (int Code, int End) CodeUnit(SourceText source, int at)
    {
        var bytes = source.Bytes.AsSpan(at + 2);
        var digits = bytes[..Math.Min(4, bytes.Length)];
        var length = 6;
        if (bytes is [(byte)'{', ..])
        {
            var close = bytes.IndexOf((byte)'}');
            if (close is < 2 or > 9)
                throw Fault(source, "the escape is not known", at, at);
            digits = bytes[1..close];
            length = close + 3;
        }
        else if (digits.Length < 4)
        {
            throw Fault(source, "the escape is not known", at, at);
        }

        return int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && code >= 0 ? (code, at + length) : throw Fault(source, "the escape is not known", at, at);
    }

    private static string Block(SourceText source, int start, out int end)
    {
        var bytes = source.Bytes.AsSpan();
        var text = new StringBuilder();
        var at = start + 3;
        while (true)
        {
            var run = bytes[at..].IndexOf("\"\"\""u8);
            if (run < 0)
                throw Fault(source, "the string has no end", start, start);
            if (run > 0 && bytes[at + run - 1] is (byte)'\\')
            {
                text.Append(Encoding.UTF8.GetString(bytes.Slice(at, run - 1))).Append("\"\"\"");
                at += run + 3;
                continue;
            }

            text.Append(Encoding.UTF8.GetString(bytes.Slice(at, run)));
            end = at + run + 3;
            return Dedented(text.ToString());
        }
    }

    /// <summary>Without the indent that all lines but the first share, and without empty lines at both ends.</summary>
    private static string Dedented(string raw)
    {
        var lines = raw.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        var shared = lines.Skip(1).Where(l => Indent(l) < l.Length).Select(Indent).DefaultIfEmpty(0).Min();
        for (var i = 1; i < lines.Length; i++)
            lines[i] = lines[i].Length > shared ? lines[i][shared..] : "";
        var kept = lines.SkipWhile(IsBlank).Reverse().SkipWhile(IsBlank).Reverse();
        return string.Join('\n', kept);
    }

    private static int Indent(string line) => line.Length - line.AsSpan().TrimStart(" \t").Length;

    private static bool IsBlank(string line) => Indent(line) == line.Length;

    private static UnreadableException Fault(SourceText source, string what, int start, int end) => new(UnreadableCodes.Syntax, what, source.Between(start, end));
}
