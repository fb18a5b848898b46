using Davit.Contracts.Findings;

namespace Davit.Contracts.Reports;

/// <summary>The report for a person at a terminal.</summary>
public static class TextReport
{
    /// <summary>The lines of the report, without line ends.</summary>
    public static IEnumerable<string> Lines(ContractReport report)
    {
        foreach (var finding in report.Comparison.Findings)
        {
            foreach (var line in Lines(finding))
                yield return line;
            yield return "";
        }

        yield return report.Comparison.Findings.IsEmpty
            ? $"{report.Old} and {report.New} do not differ in what consumers can notice"
            : $"{Words.Counted(report.Count(Severity.Breaking), "breaking change")}, {Words.Counted(report.Count(Severity.Warning), "warning")}, {Words.Counted(report.Count(Severity.Note), "note")}";
    }

    private static IEnumerable<string> Lines(Finding finding)
    {
        var where = $"{finding.Operation} {finding.Path}".Trim();
        yield return $"{Word(finding.Severity),-8} {(where is "" ? "" : where + ": ")}{finding.Text}";
        if (finding.Element is not "")
            yield return $"         in       {finding.Element}";
        if (finding.Old is { } old)
            yield return $"         before   {old.Position}  {FirstLine(old.Excerpt)}";
        if (finding.New is { } now)
            yield return $"         after    {now.Position}  {FirstLine(now.Excerpt)}";
        if (finding.Witness is { } witness)
            yield return $"         proof    {Shortened(witness.Value)} is accepted by the {witness.AcceptedBy} contract and refused by the {witness.RefusedBy} one";
        if (finding.Severity is Severity.Breaking && finding.Rule.Fix() is { Length: > 0 } fix)
            yield return $"         instead  {fix}";
        yield return $"         rule     {finding.Rule.Id} [{finding.Fingerprint}]";
    }

    private static string Word(Severity severity) => severity switch { Severity.Breaking => "breaking", Severity.Warning => "warning", _ => "note" };

    private static string FirstLine(string excerpt)
    {
        var line = excerpt.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        return Shortened((end < 0 ? line : line[..end]).ToString());
    }

    private static string Shortened(string text) => text.Length <= 100 ? text : string.Concat(text.AsSpan(0, 99), "…");
}
