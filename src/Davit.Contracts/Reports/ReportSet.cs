using System.Collections.Immutable;
using Davit.Contracts.Findings;

namespace Davit.Contracts.Reports;

/// <summary>What is reported together: one comparison, those of all contracts of a repository, or contracts that were judged by themselves.</summary>
/// <param name="Against">The revision that a repository was compared with; empty for one comparison and for contracts that were judged by themselves.</param>
public sealed record ReportSet(ImmutableArray<ContractReport> Contracts, string Against)
{
    /// <summary>One comparison alone.</summary>
    public static ReportSet Of(ContractReport report) => new([report], "");

    /// <summary>How many findings are as bad as this and not permitted.</summary>
    public int Count(Severity severity) => Contracts.Sum(c => c.Count(severity));

    /// <summary>How many findings are permitted.</summary>
    public int Waived => Contracts.Sum(c => c.Waived);

    /// <summary>Something is as bad as this, and not permitted.</summary>
    public bool IsAsBadAs(Severity severity) => Findings.Any(f => f.Severity >= severity && f.Waiver is null);

    /// <summary>Each contract is named where it is told of.</summary>
    internal bool IsOfMany => Against is not "" || Contracts.Length is not 1;

    internal IEnumerable<Finding> Findings => Contracts.SelectMany(c => c.Comparison.Findings);

    /// <summary>Their files are those of the repository.</summary>
    internal IEnumerable<Finding> InRepository => Contracts.SelectMany(c => c.InRepository);

    /// <summary>Those that are not permitted.</summary>
    internal IEnumerable<Finding> Counting => Findings.Where(f => f.Waiver is null);
}
