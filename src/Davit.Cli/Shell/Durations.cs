using System.Globalization;
using Davit.Model;

namespace Davit.Cli.Shell;

/// <summary>Durations on the command line: <c>90s</c>, <c>15m</c>, <c>2h</c>, <c>1m30s</c>, or a number of seconds.</summary>
internal static class Durations
{
    /// <exception cref="UsageException">It is none.</exception>
    public static TimeSpan? Of(string flag, string? text)
    {
        if (text is null)
            return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 1e6)
            return TimeSpan.FromSeconds(seconds);
        return Sum(text) is { } sum && sum > TimeSpan.Zero && sum < TimeSpan.FromDays(10)
            ? sum
            : throw new UsageException(CliProblems.Bad($"'{text}'", $"is not a duration for {flag}", $"Write it as: {flag} 90s"));
    }

    private static TimeSpan? Sum(string text)
    {
        var (sum, at) = (TimeSpan.Zero, 0);
        while (at < text.Length)
        {
            var digits = at;
            while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] is '.'))
                at++;
            if (!double.TryParse(text.AsSpan(digits, at - digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                return null;
            var unit = at;
            while (at < text.Length && char.IsAsciiLetter(text[at]))
                at++;
            double? factor = text[unit..at] switch { "ms" => 0.001, "s" => 1, "m" => 60, "h" => 3600, "d" => 86400, _ => null };
            if (factor is not { } scale || number * scale > 1e7)
                return null;
            sum += TimeSpan.FromSeconds(number * scale);
        }

        return text.Length is 0 ? null : sum;
    }
}
