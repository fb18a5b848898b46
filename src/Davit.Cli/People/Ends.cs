using Davit.Cli.Shell;
using Davit.Model;

namespace Davit.Cli.People;

/// <summary>Until when something lasts, said as how long from now.</summary>
internal static class Ends
{
    private static readonly TimeSpan Most = TimeSpan.FromDays(3660);

    /// <returns>Null when nothing was said.</returns>
    /// <exception cref="UsageException">It is no such time.</exception>
    public static DateTimeOffset? Of(string flag, string? text) => text is null ? null
        : Span(text) is { } span && span > TimeSpan.Zero && span < Most ? TimeProvider.System.GetUtcNow() + span
        : throw new UsageException(CliProblems.Bad($"'{text}'", $"is not a time for {flag}", $"Write it as: {flag} 30d"));

    private static TimeSpan? Span(string text) => text is [.. var digits, var unit] && int.TryParse(digits, System.Globalization.CultureInfo.InvariantCulture, out var number) ? unit switch
    {
        'm' => TimeSpan.FromMinutes(number),
        'h' => TimeSpan.FromHours(number),
        'd' => TimeSpan.FromDays(number),
        _ => null,
    } : null;
}
