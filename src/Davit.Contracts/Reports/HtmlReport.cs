using System.Net;
using System.Reflection;
using System.Text;
using Davit.Contracts.Findings;

namespace Davit.Contracts.Reports;

/// <summary>The report as one page that needs nothing else: no network, no server.</summary>
public static class HtmlReport
{
    /// <summary>More are not laid open at once, so that a page of ten thousand findings stays quick.</summary>
    private const int MostOpen = 20;

    private static readonly string[] Kinds = ["breaking", "warning", "info", "waived"];

    /// <summary>The page.</summary>
    public static string Text(ReportSet report)
    {
        var page = new StringBuilder("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n");
        page.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>").Append(Safe(Headline(report))).Append(" · contracts</title>\n");
        page.Append("<style>\n").Append(Resource("report.css")).Append("</style>\n</head>\n<body>\n");
        page.Append("<header><h1>").Append(Safe(Headline(report))).Append("</h1><p class=\"quiet\">").Append(Safe(Words.Counts(report))).Append("</p></header>\n");
        Filters(page, report);
        page.Append("<main>\n");
        var open = MostOpen;
        foreach (var contract in report.Contracts)
            Contract(page, contract, ref open);
        page.Append("</main>\n<script>\n").Append(Resource("report.js")).Append("</script>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static string Headline(ReportSet report) => report.Count(Severity.Breaking) switch
    {
        0 => report.IsOfOne() ? "No errors" : "Nothing breaks",
        var count => Words.Counted(count, Words.Worst(report)),
    };

    /// <summary>Shown by the script: without it they would do nothing.</summary>
    private static void Filters(StringBuilder page, ReportSet report)
    {
        page.Append("<form hidden aria-label=\"Filter\">");
        foreach (var kind in Kinds.Where(k => report.Findings.Any(f => Kind(f) == k)))
            page.Append("<label><input type=\"checkbox\" checked value=\"").Append(kind).Append("\">").Append(Label(kind, report.IsOfOne())).Append("</label>");
        page.Append("<input type=\"search\" name=\"words\" placeholder=\"Filter by words\" aria-label=\"Filter by words\"><output class=\"quiet\" aria-live=\"polite\"></output></form>\n");
    }

    private static void Contract(StringBuilder page, ContractReport report, ref int open)
    {
        page.Append("<h2><code>").Append(report.IsOfOne() ? "" : $"{Safe(report.Old)}</code> → <code>").Append(Safe(report.New)).Append("</code> <span class=\"quiet\">").Append(Safe(report.Comparison.Format)).Append("</span></h2>\n");
        if (Words.Advice(report.Comparison.Advice) is { Length: > 0 } advice)
            page.Append("<p class=\"quiet\">").Append(Safe(advice)).Append("</p>\n");
        if (report.Comparison.Findings.IsEmpty)
            page.Append(report.IsOfOne() ? "<p>Nothing is wrong with it.</p>\n" : "<p>They do not differ in what consumers can notice.</p>\n");
        foreach (var finding in report.Comparison.Findings)
            Details(page, finding, report.IsOfOne(), finding is { Severity: Severity.Breaking, Waiver: null } && open-- > 0);
    }

    private static void Details(StringBuilder page, Finding finding, bool isOfOne, bool isOpen)
    {
        var kind = Kind(finding);
        page.Append("<details class=\"").Append(kind).Append(isOpen ? "\" open>" : "\">").Append("<summary><b>").Append(Label(kind, isOfOne)).Append("</b>").Append(Safe(Words.Sentence(finding))).Append("</summary><div class=\"body\">\n");
        if (finding.Old is not null || finding.New is not null)
        {
            page.Append("<div class=\"sides\">");
            if (!isOfOne)
                Side(page, "old", "before", finding.Old);
            Side(page, "new", isOfOne ? "at" : "after", finding.New);
            page.Append("</div>\n");
        }

        if (finding.Witness is { } witness)
            Line(page, "Proof", $"{witness.Value} is accepted by the {witness.AcceptedBy} contract and refused by the {witness.RefusedBy} one");
        Line(page, "Why", finding.Rule.Why());
        Line(page, "Instead", finding.Rule.Fix());
        if (finding.Waiver is { } waiver)
            Line(page, "Waived", Words.Waived(waiver));
        page.Append("<p class=\"quiet\"><code>").Append(Safe(finding.Rule.Id)).Append("</code> · <code>").Append(Safe(finding.Fingerprint)).Append("</code></p>\n</div></details>\n");
    }

    private static void Side(StringBuilder page, string side, string title, Evidence? evidence)
    {
        page.Append("<div class=\"").Append(side).Append("\"><span class=\"quiet\">").Append(title).Append(" · ").Append(evidence is null ? "nothing" : Safe(evidence.Position.ToString())).Append("</span>");
        if (evidence is not null)
            page.Append("<pre tabindex=\"0\">").Append(Safe(Outdented(evidence.Excerpt))).Append("</pre>");
        page.Append("</div>");
    }

    private static void Line(StringBuilder page, string title, string text)
    {
        if (text is not "")
            page.Append("<p><b>").Append(title).Append("</b> ").Append(Safe(text)).Append("</p>\n");
    }

    /// <summary>Without the spaces that all lines begin with.</summary>
    private static string Outdented(string excerpt)
    {
        var lines = excerpt.Split('\n');
        var common = lines.Where(l => l.AsSpan().Trim().Length > 0).Select(l => l.Length - l.AsSpan().TrimStart(' ').Length).DefaultIfEmpty().Min();
        return string.Join('\n', lines.Select(l => l.Length >= common ? l[common..] : l));
    }

    private static string Kind(Finding finding) => finding.Waiver is not null ? "waived" : Words.Of(finding.Severity);

    /// <summary>What breaks a consumer elsewhere is an error of the document in a report about it alone.</summary>
    private static string Label(string kind, bool isOfOne) => isOfOne && kind == Words.Of(Severity.Breaking) ? "error" : kind;

    private static string Safe(string text) => WebUtility.HtmlEncode(text);

    private static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Davit.Contracts.Reports.{name}")!;
        using var text = new StreamReader(stream);
        return text.ReadToEnd();
    }
}
