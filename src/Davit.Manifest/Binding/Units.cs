using System.Buffers;
using System.Globalization;

namespace Davit.Manifest.Binding;

/// <summary>Durations and sizes as Compose writes them.</summary>
internal static class Units
{
    private const decimal Nanosecond = 1;
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789. ");

    /// <summary>Nanoseconds of <c>1w2d3h4m5s6ms7us8ns</c>, with fractions and a sign; <see langword="null"/> when it is none.</summary>
    public static long? Duration(string text)
    {
        var rest = text.AsSpan();
        var sign = rest is ['-', ..] ? -1 : 1;
        if (rest is ['-' or '+', ..])
            rest = rest[1..];
        if (rest is "0")
            return 0;
        if (rest.IsEmpty || rest.Length > 100)
            return null;

        var total = 0m;
        while (!rest.IsEmpty)
        {
            var digits = Prefix(rest, c => char.IsAsciiDigit(c) || c is '.');
            var unit = Prefix(rest[digits..], c => !char.IsAsciiDigit(c) && c is not '.');
            if (digits is 0 || unit is 0 || Scale(rest.Slice(digits, unit)) is not { } scale
                || rest[..digits] is "." || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                return null;
            if (number > 10_000_000_000m * 1_000_000_000m / scale)
                return null;
            total += decimal.Truncate(number * scale);
            rest = rest[(digits + unit)..];
        }

        return total <= long.MaxValue ? sign * (long)total : null;
    }

    /// <summary>Bytes of <c>512</c>, <c>64k</c>, <c>1.5GB</c> or <c>2MiB</c>, all in powers of 1024.</summary>
    public static long? Bytes(string text)
    {
        var end = text.AsSpan().LastIndexOfAny(NumberCharacters);
        if (end < 0)
            return null;
        var number = text[end] is ' ' ? text[..end] : text[..(end + 1)];
        var suffix = text[(end + 1)..].ToLowerInvariant();
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
            || value < 0 || double.IsInfinity(value))
            return null;
        var power = suffix switch
        {
            "" or "b" => 0,
            ['k' or 'm' or 'g' or 't' or 'p', ..] => "kmgtp".IndexOf(suffix[0], StringComparison.Ordinal) + 1,
            _ => -1,
        };
        if (power < 0 || (power > 0 && suffix[1..] is not ("" or "b" or "ib")))
            return null;
        var bytes = value * Math.Pow(1024, power);
        return bytes < long.MaxValue ? (long)bytes : null;
    }

    private static int Prefix(ReadOnlySpan<char> text, Func<char, bool> belongs)
    {
        var length = 0;
        while (length < text.Length && belongs(text[length]))
            length++;
        return length;
    }

    private static decimal? Scale(ReadOnlySpan<char> unit) => unit switch
    {
        "ns" => Nanosecond,
        "us" or "µs" or "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        "d" => 86_400_000_000_000,
        "w" => 604_800_000_000_000,
        _ => null,
    };
}
