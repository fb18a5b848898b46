using System.Collections.Immutable;

namespace Davit.Manifest.Suggestions;

/// <summary>
/// What was probably meant: at most three names within an edit distance of 1 (up to four letters), 2 (up to seven) or
/// 3 (above), best first, then alphabetical. Two letters in each other's place count once.
/// </summary>
public static class Suggest
{
    private const int Most = 3;

    public static ImmutableArray<string> For(string written, IEnumerable<string> known)
    {
        if (written.Length is 0 or > 64)
            return [];
        var limit = written.Length <= 4 ? 1 : written.Length <= 7 ? 2 : 3;
        return known
            .Where(k => k.Length > 0 && Math.Abs(k.Length - written.Length) <= limit)
            .Select(k => (Name: k, Distance: Distance(Fold(written), Fold(k))))
            .Where(k => k.Distance <= limit)
            .OrderBy(k => k.Distance)
            .ThenBy(k => k.Name, StringComparer.Ordinal)
            .Select(k => k.Name)
            .Distinct(StringComparer.Ordinal)
            .Take(Most)
            .ToImmutableArray();
    }

    private static string Fold(string name) => name.ToLowerInvariant().Replace('-', '_');

    /// <summary>Optimal string alignment distance.</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
                rows[i, j] = Cell(rows, a, b, i, j);
        }

        return rows[a.Length, b.Length];
    }

    private static int Cell(int[,] rows, string a, string b, int i, int j)
    {
        var cost = a[i - 1] == b[j - 1] ? 0 : 1;
        var best = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);
        var isSwap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        return isSwap ? Math.Min(best, rows[i - 2, j - 2] + 1) : best;
    }
}
