using Davit.Cli.Contracts.Protobuf;
using Davit.Contracts;
using Davit.Contracts.Policies;
using Davit.Contracts.Reports;
using Davit.Model;

namespace Davit.Cli.Contracts;

/// <summary>Compares the contracts of two directories, those at the same path with each other. All Protobuf files of a directory are one contract.</summary>
internal static class DirectoryComparison
{
    /// <summary>In place of the path of a file.</summary>
    private const string Protobuf = "";

    public static bool Takes(string old, string @new) => Directory.Exists(old) && Directory.Exists(@new);

    /// <exception cref="ProblemException">There is no contract in them, or one cannot be read.</exception>
    public static async Task<ReportSet> OfAsync(string old, string @new, ComparisonOptions options, CancellationToken ct)
    {
        var (before, after) = (Contracts(old, options.Policy), Contracts(@new, options.Policy));
        var reports = new List<ContractReport>();
        foreach (var path in before.Union(after, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            // Either may have to be compiled, which takes a while.
            var sides = await Task.WhenAll(Task.Run(() => before.Contains(path) ? Source(old, path, ct) : null, ct), Task.Run(() => after.Contains(path) ? Source(@new, path, ct) : null, ct));
            var (was, now) = (sides[0], sides[1]);
            reports.Add(ContractVerb.Report(by => Compare(was, now, path, by), was is null ? "nothing" : Named(old, path), now is null ? "nothing" : Named(@new, path), options) with { NewDirectory = now?.Directory ?? "" });
        }

        return reports switch
        {
            [] => throw new ProblemException(CliProblems.Unreadable($"neither '{old}' nor '{@new}' holds a contract; name its file")),
            [var one] => ReportSet.Of(one),
            _ => new ReportSet([.. reports], old),
        };
    }

    private static Comparison Compare(ContractSource? old, ContractSource? @new, string path, ComparisonOptions options) => (old, @new) switch
    {
        (null, _) => Comparison.OfAdded(@new!, options),
        (_, null) => Comparison.OfRemoved(old, options),
        _ => path is Protobuf ? Comparison.Of(old, @new, options) : Comparison.OfPlaces(old, @new, options),
    };

    private static HashSet<string> Contracts(string directory, ContractPolicy policy)
    {
        var root = Path.GetFullPath(directory);
        var files = FileWalk.Below(root).ToList();
        var found = files.Where(f => ContractNames.IsCandidate(f) && !policy.IsIgnored(f) && ContractNames.IsContract(Plain(root, f)));
        return [.. found, .. files.Exists(ProtoFiles.IsOne) ? [Protobuf] : Array.Empty<string>()];
    }

    private static ContractSource Source(string directory, string path, CancellationToken ct) =>
        path is Protobuf ? ProtoInput.FromDisk(directory, Path.GetFullPath(directory), ct) : Plain(Path.GetFullPath(directory), path);

    private static ContractSource Plain(string root, string path) => new(path, ContractDirectory.At(root).Read);

    private static string Named(string directory, string path) => path is Protobuf ? directory : Path.Combine(directory, path);
}
