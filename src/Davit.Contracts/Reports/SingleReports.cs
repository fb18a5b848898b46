namespace Davit.Contracts.Reports;

/// <summary>Tells contracts that were judged by themselves, and so have no old side.</summary>
internal static class SingleReports
{
    public static bool IsOfOne(this ContractReport report) => report.Old is "";

    public static bool IsOfOne(this ReportSet report) => report.Contracts is [{ Old: "" }];
}
