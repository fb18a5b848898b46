using System.Security.Cryptography;
using System.Text;
using Davit.Contracts.Findings;

namespace Davit.Contracts.Reports;

/// <summary>Tells contracts that were judged by themselves, and so have no old side.</summary>
internal static class SingleReports
{
    public static bool IsOfOne(this ContractReport report) => report.Old is "";

    public static bool IsOfOne(this ReportSet report) => report.Contracts is [_, ..] && report.Contracts.All(c => c.IsOfOne());

    /// <summary>Every finding with what forges know it by. A fault that two files share is there twice, and both are to be seen; a change is one, whatever its file is called.</summary>
    public static IEnumerable<(Finding Finding, string Key, string File)> Keyed(this ReportSet report) =>
        report.Contracts.SelectMany(c => c.InRepository.Select(f => (f, c.IsOfOne() ? Key(f) : f.Fingerprint, (f.New ?? f.Old)?.Position.File ?? c.Named)));

    private static string Key(Finding finding) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{finding.New?.Position.File}\0{finding.Fingerprint}")))[..16];
}
