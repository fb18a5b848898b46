using System.Globalization;
using Davit.Testing;

namespace Davit.Manifest.Tests.Corpus;

/// <summary>
/// The explained list of cases where the loader and the reference differ. A miss that is not listed fails, and so does
/// a listed case that passes, so the list can only shrink by becoming untrue.
/// </summary>
internal static class KnownMisses
{
    private const double Wanted = 0.98;

    public static void Check(string table, IReadOnlyDictionary<string, string> misses, IReadOnlyCollection<string> all)
    {
        var known = Read(table);
        var share = all.Count is 0 ? 0 : 1.0 - (double)misses.Count / all.Count;
        var report = string.Create(CultureInfo.InvariantCulture, $"{table}: {all.Count - misses.Count} of {all.Count} ({share:P2})");
        TestContext.Current.SendDiagnosticMessage(report);
        Write(table, report, misses);

        all.Count.ShouldBeGreaterThan(0);
        misses.Keys.Where(m => !known.Contains(m)).Select(m => $"{m}: {misses[m]}").Order(StringComparer.Ordinal).Take(20)
            .ShouldBeEmpty($"{report}; these are not explained in known-misses.txt");
        known.Where(k => all.Contains(k) && !misses.ContainsKey(k)).ShouldBeEmpty("these pass now: take them out of known-misses.txt");
        share.ShouldBeGreaterThanOrEqualTo(Wanted, report);
    }

    private static HashSet<string> Read(string table) => File
        .ReadLines(Path.Combine(Repository.Root, "tests/Davit.Manifest.Tests/Corpus/known-misses.txt"))
        .Where(l => l.StartsWith(table + " | ", StringComparison.Ordinal))
        .Select(l => l.Split(" | ")[1])
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>All misses in full, for whoever works on them: set DAVIT_MISSES to a directory.</summary>
    private static void Write(string table, string report, IReadOnlyDictionary<string, string> misses)
    {
        if (Environment.GetEnvironmentVariable("DAVIT_MISSES") is not { Length: > 0 } directory)
            return;
        Directory.CreateDirectory(directory);
        File.WriteAllText(
            Path.Combine(directory, table + ".txt"),
            report + "\n" + string.Join('\n', misses.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key}: {m.Value}")) + "\n");
    }
}
