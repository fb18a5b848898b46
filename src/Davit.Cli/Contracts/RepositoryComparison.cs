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
        var reports = found.Where(f => f.IsChanged).Select(f => new ContractReport(
            ContractVerb.Readable(() => Compare(finder, f, options, ct)), f.Old ?? "nothing", f.New ?? "nothing", options.Profile));
        return (new ReportSet([.. reports], words), found.Count);
    }

    private static Comparison Compare(ContractFinder finder, FoundContract found, ComparisonOptions options, CancellationToken ct) => found switch
    {
        { Old: null } => Comparison.OfAdded(finder.Now(found.Name, ct), options),
        { New: null } => Comparison.OfRemoved(finder.Before(found.Name, ct), options),
        _ => Comparison.OfPlaces(finder.Before(found.Old, ct), finder.Now(found.New, ct), options),
    };
}
