using Davit.Contracts.Findings;

namespace Davit.Contracts.Reports;

/// <summary>A comparison and what it was made of.</summary>
/// <param name="Old">The old side as the user named it; empty when contracts were judged by themselves.</param>
/// <param name="New">The new side as the user named it.</param>
/// <param name="Profile">The profile that judged.</param>
public sealed record ContractReport(Comparison Comparison, string Old, string New, string Profile)
{
    /// <summary>How many findings are as bad as this and not permitted.</summary>
    public int Count(Severity severity) => Comparison.Findings.Count(f => f.Severity == severity && f.Waiver is null);

    /// <summary>How many findings are permitted.</summary>
    public int Waived => Comparison.Findings.Count(f => f.Waiver is not null);
}
