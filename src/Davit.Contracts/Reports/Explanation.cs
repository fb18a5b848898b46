using Davit.Contracts.Findings;

namespace Davit.Contracts.Reports;

/// <summary>One finding with everything that is known about it.</summary>
public static class Explanation
{
    /// <summary>The lines, without line ends.</summary>
    public static IEnumerable<string> Lines(Finding finding)
    {
        foreach (var line in TextReport.Lines(finding, isOfOne: false))
            yield return line;
        yield return "";
        yield return finding.Rule.Purpose;
        yield return finding.Rule.Why();
        yield return finding.Proof switch
        {
            Proof.Safe => "It is proven that nobody can fail by this: every value that was allowed is allowed still.",
            Proof.Breaking => "It is proven by a value that one side accepts and the other refuses.",
            Proof.Undecided => "Neither a value that breaks was found, nor a proof that there is none.",
            _ => "The rule says so; there are no values to be asked.",
        };
        foreach (var (title, evidence) in ((string, Evidence?)[])[("before", finding.Old), ("after", finding.New)])
        {
            if (evidence is null)
                continue;
            yield return "";
            yield return $"{title} {evidence.Position} {evidence.JsonPointer}".TrimEnd();
            foreach (var line in evidence.Excerpt.Split('\n'))
                yield return $"  | {line.TrimEnd('\r')}";
        }

        yield return "";
        yield return $"page  {finding.Rule.Docs}";
        if (finding is { Waiver: null, Severity: not Severity.Note })
            yield return $"waive it  davit contract accept {finding.Fingerprint} --reason \"…\" --until YEAR-MONTH-DAY";
    }
}
