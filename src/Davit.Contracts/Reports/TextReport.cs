using Davit.Contracts.Findings;

namespace Davit.Contracts.Reports;

/// <summary>The report for a person at a terminal.</summary>
public static class TextReport
{
    /// <summary>The lines of the report, without line ends.</summary>
    public static IEnumerable<string> Lines(ReportSet report)
    {
        foreach (var contract in report.Contracts)
        {
            if (report.IsOfMany)
                yield return $"{contract.New} ({contract.Comparison.Format})";
            foreach (var line in contract.Comparison.Findings.SelectMany(f => Lines(f, contract.IsOfOne()).Append("")))
                yield return line;
            if (contract.Comparison.Findings.IsEmpty)
                yield return contract.IsOfOne() ? $"nothing is wrong with {contract.New}" : $"{contract.Old} and {contract.New} do not differ in what consumers can notice";
        }

        if (report.Contracts is [])
            yield return "no contract changed";
        else if (report.Findings.Any())
            yield return Words.Counts(report);
    }

    /// <summary>One finding with all that helps to judge it.</summary>
    internal static IEnumerable<string> Lines(Finding finding, bool isOfOne)
    {
        var where = $"{finding.Operation} {finding.Path}".Trim();
        yield return $"{(finding.Waiver is null ? Word(finding.Severity, isOfOne) : "waived"),-8} {(where is "" ? "" : where + ": ")}{finding.Text}";
        if (finding.Element is not "")
            yield return $"         in       {finding.Element}";
        if (finding.Old is { } old)
            yield return $"         before   {old.Position}  {FirstLine(old.Excerpt)}";
        if (finding.New is { } now)
            yield return $"         {(isOfOne ? "at   " : "after")}    {now.Position}  {FirstLine(now.Excerpt)}";
        if (finding.Witness is { } witness)
            yield return $"         proof    {Shortened(witness.Value)} is accepted by the {witness.AcceptedBy} contract and refused by the {witness.RefusedBy} one";
        if (finding.Waiver is { } waiver)
            yield return $"         waived   {Words.Waived(waiver)}";
        else if (finding.Severity is Severity.Breaking && finding.Rule.Fix() is { Length: > 0 } fix)
            yield return $"         instead  {fix}";
        yield return $"         rule     {finding.Rule.Id} [{finding.Fingerprint}]";
    }

    private static string Word(Severity severity, bool isOfOne) => severity switch { Severity.Breaking => isOfOne ? "error" : "breaking", Severity.Warning => "warning", _ => "note" };

    private static string FirstLine(string excerpt)
    {
        var line = excerpt.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        return Shortened((end < 0 ? line : line[..end]).ToString());
    }

    private static string Shortened(string text) => text.Length <= 100 ? text : string.Concat(text.AsSpan(0, 99), "…");
}
