using System.Text;
using Davit.Contracts.Findings;

namespace Davit.Contracts.Reports;

/// <summary>What changed, for people who use the contract: by operation or place, the worst first, and what the version must say.</summary>
public static class Changelog
{
    /// <summary>Markdown, or plain text that reads the same without markup.</summary>
    /// <param name="isMarkdown">Names are code, and what a foreign text holds is escaped.</param>
    public static string Text(ContractReport report, bool isMarkdown)
    {
        var text = new StringBuilder();
        var areas = report.Comparison.Findings.GroupBy(Area, StringComparer.Ordinal).OrderByDescending(a => a.Max(f => f.Severity)).ThenBy(a => a.Key, StringComparer.Ordinal);
        foreach (var area in areas)
        {
            text.Append(isMarkdown ? $"### {MarkdownReport.Cell(area.Key)}\n\n" : $"{area.Key}\n");
            foreach (var finding in area)
                text.Append(isMarkdown ? "- " : "  ").Append(Mark(finding, isMarkdown)).Append(isMarkdown ? MarkdownReport.Cell(Sentence(finding)) : Sentence(finding)).Append('\n');
            text.Append('\n');
        }

        if (report.Comparison.Findings.IsEmpty)
            text.Append("Nothing changed that consumers can notice.\n");
        if (Words.Advice(report.Comparison.Advice) is { Length: > 0 } advice)
            text.Append(char.ToUpperInvariant(advice[0])).Append(advice.AsSpan(1)).Append(".\n");
        return text.ToString();
    }

    private static string Area(Finding finding) => (finding.Operation, finding.Path) switch
    {
        ("", "") => "The whole contract",
        var (operation, path) => $"{operation} {path}".Trim(),
    };

    private static string Sentence(Finding finding) => finding.Element is "" ? finding.Text : $"{finding.Element}: {finding.Text}";

    private static string Mark(Finding finding, bool isMarkdown)
    {
        var word = finding.Severity switch { Severity.Breaking => "breaking", Severity.Warning => "may break", _ => "" };
        return word is "" ? "" : isMarkdown ? $"**{word}** " : $"({word}) ";
    }
}
