using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Contracts;
using Davit.Contracts.Findings;
using Davit.Contracts.Reports;
using Davit.Model;

namespace Davit.Cli.Contracts;

/// <summary>Where a fingerprint is looked for: between two contracts that are named, or in all of the repository.</summary>
internal sealed class FindingSearch
{
    private readonly Option<string?> _old = new("--old") { Description = "The contract as it was, when not all of the repository are meant." };
    private readonly Option<string?> _new = new("--new") { Description = "The contract as it is to be." };
    private readonly Option<string?> _against = new("--against") { Description = "The revision to compare the repository with." };

    public FindingSearch(Command of)
    {
        foreach (var option in (Option[])[_old, _new, _against])
            of.Add(option);
    }

    /// <summary>Where policies are looked for.</summary>
    public string Root(Invocation asked) => IsPair(asked) ? PolicyFiles.Root() : Repository.Open().Root;

    public async Task<ReportSet> ReportAsync(Invocation asked, ComparisonOptions options, Func<string, string, ComparisonOptions, CancellationToken, Task<ContractReport>> compare, CancellationToken ct) => IsPair(asked)
        ? ReportSet.Of(await compare(asked.Get(_old)!, asked.Get(_new)!, options, ct))
        : (await RepositoryComparison.OfAsync(Repository.Open(), asked.Get(_against), options, ct)).Report;

    /// <exception cref="ProblemException">There is no such finding.</exception>
    public static Finding Find(ReportSet report, string fingerprint) =>
        report.Contracts.SelectMany(c => c.Comparison.Findings).FirstOrDefault(f => f.Fingerprint == fingerprint) ?? throw new ProblemException(ContractProblems.NoFinding(fingerprint));

    private bool IsPair(Invocation asked) => (asked.Get(_old), asked.Get(_new)) switch
    {
        (null, null) => false,
        (not null, not null) => true,
        _ => throw new UsageException(CliProblems.Bad("one side", "is named without the other", "Name both, or none for all contracts of the repository: --old old.yaml --new new.yaml")),
    };
}
