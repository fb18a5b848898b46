using System.Globalization;
using System.Text.RegularExpressions;

namespace Davit.Contracts.GraphQl.Model;

/// <summary>The announcement that something will go.</summary>
internal sealed partial record Deprecation(DirectiveUse Use)
{
    private const string NoReason = "No longer supported";

    /// <summary>Null where none is given, which is the same as the one that the specification makes up.</summary>
    public string? Reason => Use["reason"] is { Kind: ValueKind.String, Text: not (NoReason or "") and var text } ? text : null;

    /// <summary>The first day in the reason, such as <c>2027-03-31</c>.</summary>
    public DateOnly? Sunset => DayIn(Reason);

    public static DateOnly? DayIn(string? text) =>
        text is not null && Day().Match(text) is { Success: true } day && DateOnly.TryParseExact(day.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    [GeneratedRegex(@"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Day();
}
