using System.Text;
using Davit.Contracts.Findings;

namespace Davit.Contracts.Reports;

/// <summary>The report as a comment of a pull request or a job summary.</summary>
public static class MarkdownReport
{
    /// <summary>Forges cut longer comments off.</summary>
    private const int Longest = 60_000;

    /// <summary>The report, at most 60,000 characters.</summary>
    public static string Text(ReportSet report)
    {
        var text = new StringBuilder($"### {Headline(report)}\n");
        var left = report.Findings.Count();
        foreach (var contract in report.Contracts)
        {
            text.Append("\n`").Append(contract.IsOfOne() ? "" : $"{Code(contract.Old)}` → `").Append(Code(contract.New)).Append("`\n");
            foreach (var (title, findings) in Sections(contract))
            {
                text.Append("\n| ").Append(title).Append(" | where | rule |\n|---|---|---|\n");
                foreach (var row in findings.Select(Row))
                {
                    if (text.Length + row.Length > Longest - 200)
                        return text.Append('\n').Append(left).Append(" more are not shown here.\n").ToString();
                    text.Append(row);
                    left--;
                }
            }

            if (Words.Advice(contract.Comparison.Advice) is { Length: > 0 } advice)
                text.Append('\n').Append(Cell(advice)).Append(".\n");
        }

        return text.ToString();
    }

    private static IEnumerable<(string Title, List<Finding> Findings)> Sections(ContractReport report)
    {
        var sections = report.Comparison.Findings.ToLookup(f => f.Waiver is not null ? "waived" : Title(f.Severity, report.IsOfOne()), StringComparer.Ordinal);
        return ((string[])["error", "breaks", "warning", "may break", "note", "waived"]).Select(t => (t, sections[t].ToList())).Where(s => s.Item2 is not []);
    }

    private static string Headline(ReportSet report) => report.Count(Severity.Breaking) switch
    {
        0 => report.IsOfOne() ? "No errors" : "Nothing breaks",
        var count => Words.Counted(count, Words.Worst(report)),
    };

    private static string Title(Severity severity, bool isOfOne) => severity switch
    {
        Severity.Breaking => isOfOne ? "error" : "breaks",
        Severity.Warning => isOfOne ? "warning" : "may break",
        _ => "note",
    };

    private static string Row(Finding finding)
    {
        var place = (finding.New ?? finding.Old)?.Position;
        return $"| {Cell(Words.Sentence(finding))} | {(place is null ? "" : $"`{Code(place.File)}:{place.Line}`")} | [{finding.Rule.Id}]({finding.Rule.Docs}) |\n";
    }

    /// <summary>Text of a contract is foreign: nothing in it may become a link, a mention or markup.</summary>
    internal static string Cell(string text)
    {
        var cell = new StringBuilder();
        foreach (var c in text)
        {
            if (c is '\\' or '`' or '*' or '_' or '{' or '}' or '[' or ']' or '<' or '>' or '(' or ')' or '#' or '|' or '!' or '~')
                cell.Append('\\');
            cell.Append(c is '\r' or '\n' ? ' ' : c);
            if (c is '@')
                cell.Append('\u200B');
        }

        return cell.ToString();
    }

    private static string Code(string text) => text.Replace('`', '\'').Replace('|', '/').Replace('\n', ' ').Replace('\r', ' ');
}
