using System.Globalization;

namespace Davit.Manifest.Yaml;

/// <summary>Numbers and durations in the notation of Go's standard library, which Compose output uses.</summary>
internal static class GoFormat
{
    /// <summary><c>%v</c> of a float: shortest digits, scientific below 1e-04 and from 1e+06 on.</summary>
    public static string Float(double value)
    {
        if (double.IsNaN(value))
            return "NaN";
        if (double.IsInfinity(value))
            return value > 0 ? "+Inf" : "-Inf";
        if (value is 0)
            return double.IsNegative(value) ? "-0" : "0";

        var (digits, exponent) = Shortest(Math.Abs(value).ToString("E16", CultureInfo.InvariantCulture), value);
        var sign = value < 0 ? "-" : "";
        return exponent is < -4 or >= 6 ? sign + Scientific(digits, exponent) : sign + Plain(digits, exponent);
    }

    /// <summary>A duration as <c>1h2m3.5s</c>, <c>250ms</c> or <c>0s</c>; the unit of the argument is a nanosecond.</summary>
    public static string Duration(long nanoseconds)
    {
        if (nanoseconds is 0)
            return "0s";
        var sign = nanoseconds < 0 ? "-" : "";
        var rest = nanoseconds < 0 ? (ulong)-(nanoseconds + 1) + 1 : (ulong)nanoseconds;
        return sign + rest switch
        {
            < 1_000 => $"{rest}ns",
            < 1_000_000 => Fraction(rest, 1_000) + "µs",
            < 1_000_000_000 => Fraction(rest, 1_000_000) + "ms",
            _ => Clock(rest),
        };
    }

    private static string Clock(ulong nanoseconds)
    {
        var seconds = Fraction(nanoseconds % 60_000_000_000, 1_000_000_000) + "s";
        var minutes = nanoseconds / 60_000_000_000;
        if (minutes is 0)
            return seconds;
        return minutes >= 60 ? $"{minutes / 60}h{minutes % 60}m{seconds}" : $"{minutes}m{seconds}";
    }

    private static string Fraction(ulong value, ulong unit)
    {
        var part = value % unit;
        if (part is 0)
            return (value / unit).ToString(CultureInfo.InvariantCulture);
        var width = unit.ToString(CultureInfo.InvariantCulture).Length - 1;
        var decimals = part.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0').TrimEnd('0');
        return $"{value / unit}.{decimals}";
    }

    private static (string Digits, int Exponent) Shortest(string scientific, double value)
    {
        var round = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var mark = round.IndexOf('E', StringComparison.Ordinal);
        var mantissa = mark < 0 ? round : round[..mark];
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal).TrimStart('0').TrimEnd('0');
        var exponent = int.Parse(scientific.AsSpan(scientific.IndexOf('E', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);
        return (digits.Length is 0 ? "0" : digits, exponent);
    }

    private static string Scientific(string digits, int exponent)
    {
        var mantissa = digits.Length > 1 ? digits[..1] + "." + digits[1..] : digits;
        return $"{mantissa}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent):00}";
    }

    private static string Plain(string digits, int exponent)
    {
        if (exponent < 0)
            return "0." + new string('0', -exponent - 1) + digits;
        return digits.Length <= exponent + 1
            ? digits.PadRight(exponent + 1, '0')
            : digits[..(exponent + 1)] + "." + digits[(exponent + 1)..];
    }
}
