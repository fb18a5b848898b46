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
        var reports = found.Where(f => f.IsChanged).Select(f => ContractVerb.Report(by => Compare(finder, f, by, ct), f.Old ?? "nothing", f.New ?? "nothing", options));
        return (new ReportSet([.. reports], words), found.Count);
    }

    /// <summary>What could not be read before is told, once it can, as something new.</summary>
    private static Comparison Compare(ContractFinder finder, FoundContract found, ComparisonOptions options, CancellationToken ct)
    {
        if (found.New is null)
            return Comparison.OfRemoved(finder.Before(found.Name, ct), options);
        var now = finder.Now(found.New, ct);
        return found.Old is not null && finder.Before(found.Old, ct) is var before && ContractKind.Of(before) is not null ? Comparison.OfPlaces(before, now, options) : Comparison.OfAdded(now, options);
    }
}
