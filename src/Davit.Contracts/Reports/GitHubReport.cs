using System.Globalization;
using Davit.Contracts.Findings;

namespace Davit.Contracts.Reports;

/// <summary>Workflow commands of GitHub Actions, which show findings beside the lines of a pull request.</summary>
public static class GitHubReport
{
    /// <summary>More of a kind are not shown for one step.</summary>
    private const int MostOfAKind = 10;

    /// <summary>The lines of the report, without line ends.</summary>
    public static IEnumerable<string> Lines(ReportSet report)
    {
        foreach (var kind in report.InRepository.Where(f => f.Waiver is null).GroupBy(f => f.Severity))
        {
            foreach (var finding in kind.Take(MostOfAKind))
                yield return Command(finding);
            if (kind.Count() > MostOfAKind)
                yield return $"::notice::{kind.Count() - MostOfAKind} more of the kind '{Words.Of(kind.Key)}' are not shown here";
        }
    }

    private static string Command(Finding finding)
    {
        var kind = finding.Severity switch { Severity.Breaking => "error", Severity.Warning => "warning", _ => "notice" };
        var position = (finding.New ?? finding.Old)?.Position;
        var place = position is null ? "" : string.Create(CultureInfo.InvariantCulture, $"file={Property(position.File)},line={position.Line},endLine={position.EndLine},col={position.Column},");
        return $"::{kind} {place}title={Property(finding.Rule.Id)}::{Data(Words.Sentence(finding))}";
    }

    private static string Data(string text) => text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
