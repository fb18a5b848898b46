using System.Text;

namespace Davit.Manifest.Interpolation;

/// <summary>
/// Fills in <c>$NAME</c>, <c>${NAME}</c> and the operators <c>:-</c> <c>-</c> <c>:?</c> <c>?</c> <c>:+</c> <c>+</c> of
/// the Compose Specification (12-interpolation), nested to any sensible depth; <c>$$</c> is a literal dollar.
/// </summary>
internal sealed class Template(Func<string, string?> lookup, TextBudget? budget = null)
{
    private const int MaxDepth = 50;

    /// <summary>Names that were looked up, in order of first use.</summary>
    public NameList Used { get; } = new();

    /// <summary>Names without a value that were replaced by nothing.</summary>
    public NameList Unset { get; } = new();

    public TemplateFault? Fault { get; private set; }

    /// <summary>The text with everything filled in; <see cref="Fault"/> tells when that failed.</summary>
    public string Fill(string text) => Fill(text, 0);

    private string Fill(string text, int depth)
    {
        if (!text.Contains('$', StringComparison.Ordinal))
            return text;
        if (depth > MaxDepth)
            return Fail(new TemplateFault.Malformed(text));

        var result = new StringBuilder(text.Length);
        var at = 0;
        while (at < text.Length && Fault is null)
        {
            var dollar = text.IndexOf('$', at);
            if (dollar < 0)
                break;
            result.Append(text, at, dollar - at);
            at = Expression(text, dollar, depth, result);
        }

        return Fault is null ? result.Append(text, at, text.Length - at).ToString() : "";
    }

    /// <summary>Handles the expression at a dollar sign and returns where the text goes on.</summary>
    private int Expression(string text, int dollar, int depth, StringBuilder result)
    {
        var next = dollar + 1 < text.Length ? text[dollar + 1] : '\0';
        if (next is '$')
        {
            result.Append('$');
            return dollar + 2;
        }

        if (next is '{')
            return Braced(text, dollar, depth, result);

        var end = NameEnd(text, dollar + 1);
        if (end == dollar + 1)
        {
            result.Append('$');
            return dollar + 1;
        }

        result.Append(Plain(text[(dollar + 1)..end]));
        return end;
    }

    private int Braced(string text, int dollar, int depth, StringBuilder result)
    {
        var nameEnd = NameEnd(text, dollar + 2);
        if (nameEnd == dollar + 2 || nameEnd >= text.Length)
            return Broken(text);
        var name = text[(dollar + 2)..nameEnd];
        if (text[nameEnd] is '}')
        {
            result.Append(Plain(name));
            return nameEnd + 1;
        }

        var operatorLength = text[nameEnd] is ':' ? 2 : 1;
        var operatorEnd = nameEnd + operatorLength;
        if (operatorEnd > text.Length || text[operatorEnd - 1] is not ('-' or '+' or '?'))
            return Broken(text);
        var close = TemplateBraces.Close(text, dollar, operatorEnd);
        if (close < 0)
            return Broken(text);

        result.Append(Apply(name, text[nameEnd..operatorEnd], () => Fill(text[operatorEnd..close], depth + 1)));
        return close + 1;
    }

    /// <summary>The operand is looked at only when it is used.</summary>
    private string Apply(string name, string op, Func<string> operand)
    {
        var value = Look(name);
        var isMissing = value is null || (op.Length is 2 && value.Length is 0);
        return op[^1] switch
        {
            '-' => isMissing ? operand() : value!,
            '+' => isMissing ? value ?? "" : operand(),
            _ => isMissing ? Fail(new TemplateFault.Required(name, operand())) : value!,
        };
    }

    private string Plain(string name)
    {
        if (Look(name) is { } value)
            return value;
        Unset.Add(name);
        return "";
    }

    private string? Look(string name)
    {
        Used.Add(name);
        var value = lookup(name);
        return value is null || budget is null || budget.Take(value) ? value : Fail(new TemplateFault.TooLong(name));
    }

    private int Broken(string text)
    {
        Fail(new TemplateFault.Malformed(text));
        return text.Length;
    }

    private string Fail(TemplateFault fault)
    {
        Fault ??= fault;
        return "";
    }

    /// <summary>Where a variable name that starts at a place ends; the start itself when there is none.</summary>
    internal static int NameEnd(string text, int start)
    {
        var at = start;
        while (at < text.Length && (IsNameStart(text[at]) || (at > start && char.IsAsciiDigit(text[at]))))
            at++;
        return at;
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c is '_';
}
