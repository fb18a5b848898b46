using Davit.Cli.Contracts.Protobuf;
using Davit.Contracts;
using Davit.Contracts.Reports;

namespace Davit.Cli.Contracts;

/// <summary>All contracts of a repository compared with an earlier commit.</summary>
/// <param name="Count">Of the contracts, also those that did not change.</param>
/// <param name="Remarks">What a person should know about those that are not compared.</param>
internal sealed record RepositoryComparison(ReportSet Report, int Count, IReadOnlyList<string> Remarks)
{
    public static async Task<RepositoryComparison> OfAsync(Repository repository, string? against, ComparisonOptions options, CancellationToken ct)
    {
        var (commit, words) = repository.Base(against);
        var finder = new ContractFinder(repository, commit, options.Policy);
        var found = finder.Find();
        var reports = found.Where(f => f.IsChanged).Select(f => Compared(finder, f, options, ct)).ToList();
        var protobuf = options.Policy.Provides.IsEmpty ? await new RepositoryProtobuf(repository, commit, finder, options).CompareAsync(ct) : RepositoryProtobufFound.None;
        return new RepositoryComparison(new ReportSet([.. reports, .. protobuf.Reports], words), found.Count + protobuf.Count, protobuf.Remarks);
    }

    private static ContractReport Compared(ContractFinder finder, FoundContract found, ComparisonOptions options, CancellationToken ct)
    {
        var now = found.New is null ? null : finder.Now(found.New, ct);
        var before = found.Old is null ? null : finder.Before(found.Old, ct);
        return ContractVerb.Report(by => Compare(before, now, by), found.Old ?? "nothing", found.New ?? "nothing", options) with { NewDirectory = now?.Directory ?? "" };
    }

    /// <summary>What could not be read before is told, once it can, as something new.</summary>
    private static Comparison Compare(ContractSource? before, ContractSource? now, ComparisonOptions options)
    {
        if (now is null)
            return Comparison.OfRemoved(before!, options);
        return before is not null && ContractKind.Of(before) is not null ? Comparison.OfPlaces(before, now, options) : Comparison.OfAdded(now, options);
    }
}
