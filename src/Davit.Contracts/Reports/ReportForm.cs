using System.Collections.Immutable;
using System.Text;

namespace Davit.Contracts.Reports;

/// <summary>The forms a report can take.</summary>
public static class ReportForm
{
    private static readonly Dictionary<string, Func<ReportSet, string>> Forms = new(StringComparer.Ordinal)
    {
        ["text"] = report => Joined(TextReport.Lines(report)),
        ["json"] = report => Written(report, JsonReport.Write),
        ["sarif"] = report => Written(report, SarifReport.Write),
        ["junit"] = report => Written(report, JUnitReport.Write),
        ["github"] = report => Joined(GitHubReport.Lines(report)),
        ["gitlab"] = report => Written(report, GitLabReport.Write),
        ["markdown"] = MarkdownReport.Text,
        ["html"] = HtmlReport.Text,
    };

    /// <summary>What the forms are called.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Forms.Keys];

    /// <summary>The report in a form, ending with a line end.</summary>
    /// <param name="form">One of <see cref="Names"/>.</param>
    /// <exception cref="KeyNotFoundException">There is no such form.</exception>
    public static string Render(string form, ReportSet report) => Forms[form](report);

    private static string Joined(IEnumerable<string> lines) => string.Concat(lines.Select(l => l + "\n"));

    private static string Written(ReportSet report, Action<Stream, ReportSet> write)
    {
        using var buffer = new MemoryStream();
        write(buffer, report);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n";
    }
}
