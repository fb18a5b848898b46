using Davit.Contracts.Findings;

namespace Davit.Contracts.Reports;

/// <summary>How reports call things.</summary>
internal static class Words
{
    public static string Of(Severity severity) => severity switch { Severity.Breaking => "breaking", Severity.Warning => "warning", _ => "info" };

    public static string Of(Side side) => side switch { Side.Request => "request", Side.Response => "response", _ => "neither" };

    public static string Counted(int count, string one) => $"{count} {one}{(count is 1 ? "" : "s")}";
}
