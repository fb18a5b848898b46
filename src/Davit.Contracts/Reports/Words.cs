using Davit.Contracts.Findings;

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

    public static IEnumerable<string> Places(Finding finding)
    {
        if (finding.Old is { } old)
            yield return $"before {old.Position}\n{old.Excerpt}";
        if (finding.New is { } now)
            yield return $"after {now.Position}\n{now.Excerpt}";
    }
}
