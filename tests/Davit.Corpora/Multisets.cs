namespace Davit.Corpora;

internal static class Multisets
{
    /// <returns>What is missing (-) and what is too much (+); null when both hold the same.</returns>
    public static string? Differ(IEnumerable<string> expected, IEnumerable<string> actual)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var line in expected)
            counts[line] = counts.GetValueOrDefault(line) - 1;
        foreach (var line in actual)
            counts[line] = counts.GetValueOrDefault(line) + 1;
        var differences = counts.Where(c => c.Value is not 0).Select(c => $"{(c.Value < 0 ? "-" : "+")} {c.Key}{(Math.Abs(c.Value) > 1 ? $" ×{Math.Abs(c.Value)}" : "")}").ToList();
        return differences is [] ? null : string.Join('\n', differences);
    }
}
