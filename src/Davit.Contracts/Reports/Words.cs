using System.Globalization;
using Davit.Contracts.Findings;
using Davit.Contracts.Policies;

namespace Davit.Contracts.Reports;

/// <summary>How reports call things.</summary>
internal static class Words
{
    public static string Of(Severity severity) => severity switch { Severity.Breaking => "breaking", Severity.Warning => "warning", _ => "info" };

    public static string Of(Side side) => side switch { Side.Request => "request", Side.Response => "response", _ => "neither" };

    public static string Counted(int count, string one) => $"{count} {one}{(count is 1 ? "" : "s")}";

    /// <summary>Where and what, in one line.</summary>
    public static string Sentence(Finding finding)
    {
        var where = string.Join(' ', ((string[])[finding.Operation, finding.Path, finding.Element]).Where(w => w is not ""));
        return where is "" ? finding.Text : $"{where}: {finding.Text}";
    }

    public static string Of(VersionStep step) => step.ToString().ToLowerInvariant();

    public static string Waived(Waiver waiver) =>
        string.Create(CultureInfo.InvariantCulture, $"by {waiver.Owner} until {waiver.Until:yyyy-MM-dd}: {waiver.Reason}");

    /// <summary>What the worst findings are called.</summary>
    public static string Worst(ReportSet report) => report.IsOfOne() ? "error" : "breaking change";

    public static string Counts(ReportSet report)
    {
        var counts = $"{Counted(report.Count(Severity.Breaking), Worst(report))}, {Counted(report.Count(Severity.Warning), "warning")}, {Counted(report.Count(Severity.Note), "note")}";
        return report.Waived is 0 ? counts : $"{counts}, {report.Waived} waived";
    }

    /// <summary>What the version must do; empty when the contracts give themselves none, or nothing differs.</summary>
    public static string Advice(VersionAdvice advice) => advice switch
    {
        { Needed: VersionStep.None } or { Old: null, New: null } => "",
        { Taken: null } => $"version {advice.Old ?? "none"} to {advice.New ?? "none"} is no semantic version, so it is not judged; the change asks for a {Of(advice.Needed)} step",
        { IsSatisfied: false } => $"version {advice.Old} to {advice.New} says too little: the change asks for a {Of(advice.Needed)} step",
        _ => $"version {advice.Old} to {advice.New} is right for a {Of(advice.Needed)} step",
    };

    public static IEnumerable<string> Places(Finding finding)
    {
        if (finding.Old is { } old)
            yield return $"before {old.Position}\n{old.Excerpt}";
        if (finding.New is { } now)
            yield return $"after {now.Position}\n{now.Excerpt}";
    }
}
