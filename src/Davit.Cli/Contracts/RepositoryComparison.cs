using Davit.Contracts;
using Davit.Contracts.Reports;

namespace Davit.Cli.Contracts;

/// <summary>Compares all contracts of a repository with an earlier commit.</summary>
internal static class RepositoryComparison
{
    public static (ReportSet Report, int Count) Of(Repository repository, string? against, ComparisonOptions options, CancellationToken ct)
    {
        var (commit, words) = repository.Base(against);
        var finder = new ContractFinder(repository, commit, options.Policy);
        var found = finder.Find();
        var reports = found.Where(f => f.IsChanged).Select(f => Report(finder, f, options, ct));
        return (new ReportSet([.. reports], words), found.Count);
    }

    private static ContractReport Report(ContractFinder finder, FoundContract found, ComparisonOptions options, CancellationToken ct)
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
