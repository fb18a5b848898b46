using Davit.Contracts.Findings;

namespace Davit.Contracts.Reports;

/// <summary>A comparison and what it was made of.</summary>
/// <param name="Old">The old side as the user named it; empty when contracts were judged by themselves.</param>
/// <param name="New">The new side as the user named it.</param>
/// <param name="Profile">The profile that judged.</param>
public sealed record ContractReport(Comparison Comparison, string Old, string New, string Profile)
{
    /// <summary>Where the files of the new side lie, from the working directory; empty where positions begin there. Forges show findings beside files of a repository, whatever the contract calls these.</summary>
    public string NewDirectory { get; init; } = "";

    /// <summary>How many findings are as bad as this and not permitted.</summary>
    public int Count(Severity severity) => Comparison.Findings.Count(f => f.Severity == severity && f.Waiver is null);

    /// <summary>How many findings are permitted.</summary>
    public int Waived => Comparison.Findings.Count(f => f.Waiver is not null);

    /// <summary>The side that is there; the new one when both are.</summary>
    internal string Named => New is "nothing" ? Old : New;

    /// <summary>The findings with their files as the repository names them. A file that is gone is named where it would be.</summary>
    internal IEnumerable<Finding> InRepository => NewDirectory is "" ? Comparison.Findings : Comparison.Findings.Select(f => f with { Old = InDirectory(f.Old), New = InDirectory(f.New) });

    private Evidence? InDirectory(Evidence? evidence) => evidence is null ? null : evidence with { Position = evidence.Position with { File = $"{NewDirectory}/{evidence.Position.File}" } };
}
