using System.Globalization;

namespace Davit.Contracts.GraphQl.Model;

/// <summary>The announcement that something will go.</summary>
internal sealed record Deprecation(DirectiveUse Use)
{
    private const string NoReason = "No longer supported";
    private const int YearLength = 4;
    private const int DayLength = 10;

    /// <summary>Null where none is given, which is the same as the one that the specification makes up.</summary>
    public string? Reason => Use["reason"] is { Kind: ValueKind.String, Text: not (NoReason or "") and var text } ? text : null;

    /// <summary>The first day in the reason, such as <c>2027-03-31</c>.</summary>
    public DateOnly? Sunset => DayIn(Reason);

    public static DateOnly? DayIn(string? text) =>
        text is not null && PlaceOfDay(text) is { } at && DateOnly.TryParseExact(text.AsSpan(at, DayLength), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    /// <summary>Where the first word of the form of a day begins.</summary>
    private static int? PlaceOfDay(string text)
    {
        for (var dash = text.IndexOf('-'); dash >= 0; dash = text.IndexOf('-', dash + 1))
        {
            var at = dash - YearLength;
            if (at >= 0 && at + DayLength <= text.Length && HasForm(text.AsSpan(at, DayLength)) && !IsOfWord(text, at - 1) && !IsOfWord(text, at + DayLength))
                return at;
        }

        return null;
    }

    private static bool HasForm(ReadOnlySpan<char> day) => day[4] is '-' && day[7] is '-' && IsNumber(day[..4]) && IsNumber(day[5..7]) && IsNumber(day[8..]);

    private static bool IsNumber(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    private static bool IsOfWord(string text, int at) => at >= 0 && at < text.Length
        && (char.IsLetterOrDigit(text[at]) || char.GetUnicodeCategory(text[at]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.ConnectorPunctuation);
}
