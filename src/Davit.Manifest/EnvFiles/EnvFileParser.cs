using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Davit.Manifest.Interpolation;

namespace Davit.Manifest.EnvFiles;

/// <summary>
/// Reads env files as the Compose Specification describes them: comments, <c>export</c>, literal single quotes, double
/// quotes with escapes, values over several lines, and variables that see earlier lines.
/// </summary>
/// <param name="text">The file.</param>
/// <param name="lookup">Variables from outside, which win over those of the file.</param>
/// <param name="output">Receives the values; what is in it already can be referred to.</param>
internal sealed partial class EnvFileParser(string text, Func<string, string?> lookup, IDictionary<string, string> output)
{
    private readonly TextBudget _budget = new();
    private int _at = text.StartsWith('\uFEFF') ? 1 : 0;

    /// <summary>Variables in values are not filled in.</summary>
    public bool KeepsDollars { get; init; }

    /// <summary>The first thing that is wrong; nothing behind it was read.</summary>
    public EnvFileFault? Fault { get; private set; }

    public void Parse()
    {
        while (Fault is null && ToStatement())
            Statement();
    }

    private int Line => text.AsSpan(0, Math.Min(_at, text.Length)).Count('\n') + 1;

    private bool ToStatement()
    {
        while (true)
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at]))
                _at++;
            if (_at >= text.Length)
                return false;
            if (text[_at] is not '#')
                return true;
            _at = LineEnd(_at);
        }
    }

    private void Statement()
    {
        SkipExport();
        var start = _at;
        while (_at < text.Length && text[_at] is not ('=' or ':' or '\n'))
        {
            if (!IsInlineSpace(text[_at]) && !IsNameCharacter(text, _at))
            {
                Fail(EnvFileFault.Kind.Key, $"the character '{text[_at]}' cannot stand in a name", Line);
                return;
            }

            _at++;
        }

        var name = _at < text.Length ? text[start.._at].TrimEnd() : "";
        var isInherited = _at < text.Length && text[_at] is '\n';
        if (name.Contains(' ', StringComparison.Ordinal))
            Fail(EnvFileFault.Kind.Key, "a name cannot hold a space", Line);
        else if (_at >= text.Length)
            EndWithoutValue(start);
        else if (isInherited)
            Inherit(name);
        else
            Assign(name);
    }

    /// <summary>A name that ends the file: it is read again as text without a name.</summary>
    private void EndWithoutValue(int start)
    {
        var (value, next) = Value(start);
        _at = next;
        if (Fault is null)
            output[""] = value;
    }

    private void Inherit(string name)
    {
        _at++;
        if (lookup(name) is { } value)
            output[name] = value;
    }

    private void Assign(string name)
    {
        _at++;
        while (_at < text.Length && IsInlineSpace(text[_at]))
            _at++;
        var (value, next) = Value(_at);
        _at = next;
        if (Fault is null)
            output[name] = value;
    }

    private (string Value, int Next) Value(int at) => at < text.Length && text[at] is '"' or '\'' ? Quoted(at) : Unquoted(at);

    private (string Value, int Next) Unquoted(int at)
    {
        var end = LineEnd(at);
        var value = text[at..end];
        var comment = value.IndexOf(" #", StringComparison.Ordinal);
        if (comment >= 0)
            value = value[..comment];
        return (Fill(value.TrimEnd()), Math.Min(end + 1, text.Length));
    }

    private (string Value, int Next) Quoted(int at)
    {
        var quote = text[at];
        var value = new StringBuilder();
        for (var i = at + 1; i < text.Length; i++)
        {
            var c = text[i];
            if (c == quote)
                return (quote is '"' ? Fill(Unescape(value.ToString())) : value.ToString(), i + 1);
            if (c is '\\' && i + 1 < text.Length)
            {
                var escaped = text[++i];
                if (escaped != quote)
                    value.Append('\\');
                value.Append(escaped);
                continue;
            }

            if (c is not '\\')
                value.Append(c);
        }

        Fail(EnvFileFault.Kind.Unterminated, "a quoted value is not closed", Line);
        return ("", text.Length);
    }

    private string Fill(string value)
    {
        if (KeepsDollars || !value.Contains('$', StringComparison.Ordinal))
            return value;
        var template = new Template(name => lookup(name) ?? (output.TryGetValue(name, out var known) ? known : null), _budget);
        var filled = template.Fill(value);
        switch (template.Fault)
        {
            case TemplateFault.Required required:
                Fail(EnvFileFault.Kind.Required, $"the variable {required.Name} has no value{(required.Reason is "" ? "" : ": " + required.Reason)}", Line);
                break;
            case TemplateFault.TooLong grown:
                Fail(EnvFileFault.Kind.Size, $"the value grows too large with the variable {grown.Name}", Line);
                break;
            case TemplateFault.Malformed:
                Fail(EnvFileFault.Kind.Format, "a '$' expression is not well-formed", Line);
                break;
        }

        return filled;
    }

    private void Fail(EnvFileFault.Kind kind, string message, int line) => Fault ??= new EnvFileFault(kind, message, line);

    private void SkipExport()
    {
        if (!ExportForm().IsMatch(text.AsSpan(_at, Math.Min(text.Length - _at, 64))))
            return;
        _at += "export".Length;
        while (_at < text.Length && IsInlineSpace(text[_at]))
            _at++;
    }

    private int LineEnd(int from)
    {
        var end = from < text.Length ? text.IndexOf('\n', from) : -1;
        return end < 0 ? text.Length : end;
    }

    private string Unescape(string value) => value.Contains('\\', StringComparison.Ordinal) ? EscapeForm().Replace(value, Replacement) : value;

    private string Replacement(Match match) => match.Value[1] switch
    {
        '$' => KeepsDollars ? "$" : "$$",
        'a' => "\a",
        'b' => "\b",
        'f' => "\f",
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        'v' => "\v",
        '\\' => "\\",
        '"' => "\"",
        '0' => Octal(match.Value),
        _ => match.Value,
    };

    /// <summary>Exactly three octal digits after the zero make a character; anything else only loses the zero.</summary>
    private static string Octal(string escape)
    {
        var digits = escape.AsSpan(2);
        if (digits.Length is not 3 || digits.ContainsAnyExceptInRange('0', '7'))
            return @"\" + digits.ToString();
        var value = (digits[0] - '0') * 64 + (digits[1] - '0') * 8 + (digits[2] - '0');
        return value <= 255 ? ((char)value).ToString(CultureInfo.InvariantCulture) : @"\" + digits.ToString();
    }

    private static bool IsInlineSpace(char c) => c is '\t' or '\v' or '\f' or '\r' or ' ' or '\u0085' or '\u00A0';

    private static bool IsNameCharacter(string text, int at) => text[at] switch
    {
        '_' or '.' or '-' or '[' or ']' => true,
        var c when char.IsSurrogate(c) => IsWide(text, at),
        var c => char.IsLetter(c) || char.IsNumber(c),
    };

    private static bool IsWide(string text, int at)
    {
        if (char.IsLowSurrogate(text[at]))
            return at > 0 && char.IsHighSurrogate(text[at - 1]);
        return at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) && (char.IsLetter(text, at) || char.IsNumber(text, at));
    }

    [GeneratedRegex(@"^export\s+", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ExportForm();

    [GeneratedRegex("\\\\(?:[abcfnrtv$\"\\\\]|0[0-9]{0,3})", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex EscapeForm();
}
