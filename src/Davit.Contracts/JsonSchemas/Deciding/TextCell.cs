using Davit.Contracts.JsonSchemas.Values;

namespace Davit.Contracts.JsonSchemas.Deciding;

/// <summary>Texts of some lengths. What two patterns have in common is only tried, never proven, unless they are the same.</summary>
internal static class TextCell
{
    private const int Longest = 4_096;

    private static readonly string[] Samples = ["", "a", "b", "A", "0", "1", "-", " ", "zz", "x1", "ä", "a b", "2020-01-01", "2020-01-01T00:00:00Z", "a@b.example", "http://a.example/", "AAAA", "00000000-0000-0000-0000-000000000000"];

    public static Found Solve(GoalSolver solver, Goal goal, Cell cell)
    {
        if (cell.Length.IsEmpty || cell.NoPatterns.Exists(n => cell.Patterns.Exists(p => p.Text == n.Text)) || cell.NoMeanings.Exists(cell.Meanings.Contains))
            return Found.Nothing;
        if (cell.Length.Most is 0)
            return solver.Try(goal, JsonValue.Of(""));
        if (cell.Length.Least > Longest)
            return Found.Unknown("no text is as long as that");
        return solver.TrySome(goal, Candidates(cell).Distinct(StringComparer.Ordinal).Select(JsonValue.Of), cell.Patterns is [] && cell.NoPatterns is [] ? "no text was found" : "what the patterns have in common is not known");
    }

    private static IEnumerable<string> Candidates(Cell cell)
    {
        foreach (var text in cell.Patterns.Concat(cell.NoPatterns).SelectMany(p => PatternSamples.Of(p.Text)))
        {
            yield return text;
            if (text.Length is > 0 and < 100 && text.Length < cell.Length.Least)
                yield return string.Concat(Enumerable.Repeat(text, ((int)cell.Length.Least / text.Length) + 1));
            yield return text.PadRight((int)Math.Min(cell.Length.Least, Longest), text is [.., var last] ? last : 'a');
        }

        foreach (var text in Samples)
            yield return text;
        var least = (int)cell.Length.Least;
        var most = (int)Math.Min(cell.Length.Most, Longest);
        foreach (var length in (int[])[least, Math.Min(least + 1, most), most])
        {
            foreach (var c in "a0A-_ é")
                yield return new string(c, length);
        }

        for (var i = 0; i < Math.Min(64, cell.Excluded.Count + 8); i++)
            yield return new string('a', Math.Max(0, least - 2)) + $"t{i}";
        for (var i = 0; i < Math.Min(64, cell.Excluded.Count + 8); i++)
            yield return ((char)('b' + (i % 24))).ToString().PadRight(least, 'q');
    }
}
