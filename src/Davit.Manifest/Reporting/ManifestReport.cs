using System.Collections.Immutable;
using Davit.Model;

namespace Davit.Manifest;

/// <summary>What people read about a load: faults as lines, then what becomes of every Compose key.</summary>
public static class ManifestReport
{
    /// <summary>One line per fault of at least a severity: <c>severity file:line:column name message (did you mean …?)</c>.</summary>
    public static ImmutableArray<string> Lines(LoadResult result, Severity least = Severity.Note)
    {
        ArgumentNullException.ThrowIfNull(result);
        return [.. result.Faults.Where(f => f.Severity <= least).Select(f => $"{Word(f.Severity),-7} {f}")];
    }

    /// <summary>For example <c>1 error, 2 warnings, 5 notes</c>.</summary>
    public static string Summary(LoadResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return string.Join(", ", ((Severity[])[Severity.Error, Severity.Warning, Severity.Note]).Select(s => Count(result.Faults.Count(f => f.Severity == s), Word(s))));
    }

    /// <summary>Every used key with its class and what happens instead, sorted by service and key.</summary>
    public static ImmutableArray<string> Keys(LoadResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return
        [
            .. result.Keys.OrderBy(k => k.Service, StringComparer.Ordinal).ThenBy(k => k.Key, StringComparer.Ordinal)
                .Select(k => $"{Word(k.Class),-14} services.{k.Service}.{k.Key}{(k.Says.Length is 0 ? "" : " — " + k.Says.TrimStart(':', ' '))}"),
        ];
    }

    public static string Word(KeyClass of) => of switch
    {
        KeyClass.Honoured => "honoured",
        KeyClass.DriverLimited => "driver-limited",
        KeyClass.Capability => "capability",
        KeyClass.Note => "note",
        _ => "refused",
    };

    private static string Word(Severity severity) => severity.ToString().ToLowerInvariant();

    private static string Count(int number, string word) => $"{number} {word}{(number is 1 ? "" : "s")}";
}
