using System.Globalization;

namespace Davit.Manifest.App.Reading;

/// <summary>Checks the five fields of a cron expression and names the one that is wrong.</summary>
internal static class CronFields
{
    private static readonly (string Name, int Min, int Max, string[] Words)[] Fields =
    [
        ("minute", 0, 59, []),
        ("hour", 0, 23, []),
        ("day of month", 1, 31, []),
        ("month", 1, 12, ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
        ("day of week", 0, 7, ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
    ];

    public static string? Wrong(string expression)
    {
        var parts = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is not 5)
            return $"a schedule has five fields, not {parts.Length}";
        for (var i = 0; i < parts.Length; i++)
        {
            if (!parts[i].Split(',').All(item => IsItem(item, Fields[i])))
                return $"the field '{Fields[i].Name}' cannot be '{parts[i]}'";
        }

        return null;
    }

    private static bool IsItem(string item, (string Name, int Min, int Max, string[] Words) field)
    {
        var slash = item.Split('/');
        if (slash.Length > 2 || (slash.Length is 2 && !(int.TryParse(slash[1], NumberStyles.None, CultureInfo.InvariantCulture, out var step) && step > 0)))
            return false;
        if (slash[0] is "*")
            return true;
        var range = slash[0].Split('-');
        var from = Value(range[0], field);
        return range.Length is 1 ? from is not null : range.Length is 2 && from is not null && Value(range[1], field) is { } to && to >= from;
    }

    private static int? Value(string text, (string Name, int Min, int Max, string[] Words) field)
    {
        var word = Array.IndexOf(field.Words, text.ToLowerInvariant());
        if (word >= 0)
            return word + field.Min;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= field.Min && value <= field.Max ? value : null;
    }
}
