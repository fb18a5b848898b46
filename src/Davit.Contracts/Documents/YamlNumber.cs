using System.Buffers;

namespace Davit.Contracts.Documents;

/// <summary>Plain scalars of YAML 1.2 that are numbers. Read by hand: the first regular expression of a process takes longer than a small contract.</summary>
internal static class YamlNumber
{
    private static readonly SearchValues<char> Octal = SearchValues.Create("01234567");
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");

    public static bool IsOne(ReadOnlySpan<char> text) => text switch
    {
        ['0', 'o', .. var octal] => !octal.IsEmpty && !octal.ContainsAnyExcept(Octal),
        ['0', 'x', .. var hexadecimal] => !hexadecimal.IsEmpty && !hexadecimal.ContainsAnyExcept(Hexadecimal),
        _ => IsDecimal(Unsigned(text)),
    };

    private static bool IsDecimal(ReadOnlySpan<char> text)
    {
        var before = Digits(text);
        text = text[before..];
        var after = 0;
        if (text is ['.', .. var part])
        {
            after = Digits(part);
            text = part[after..];
        }

        return before + after > 0 && (text is ['e' or 'E', .. var power] ? IsWhole(Unsigned(power)) : text.IsEmpty);
    }

    private static bool IsWhole(ReadOnlySpan<char> text) => !text.IsEmpty && Digits(text) == text.Length;

    private static ReadOnlySpan<char> Unsigned(ReadOnlySpan<char> text) => text is ['-' or '+', .. var rest] ? rest : text;

    private static int Digits(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : text.Length;
}
