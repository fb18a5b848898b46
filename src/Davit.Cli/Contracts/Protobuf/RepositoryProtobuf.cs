using Davit.Contracts;
using Davit.Contracts.Reports;
using Davit.Model;

namespace Davit.Cli.Contracts.Protobuf;

/// <summary>The contracts that the Protobuf files of a repository make where nobody names them, and how they differ from an earlier commit.</summary>
internal sealed class RepositoryProtobuf(Repository repository, string commit, ContractFinder finder, ComparisonOptions options)
{
    private readonly WorkingProtos _working = new(repository.Root, finder.Listed, finder.Changes.Touched);
    private readonly List<ContractReport> _reports = [];
    private readonly List<string> _remarks = [];

    /// <exception cref="ProblemException">What compiled before does not any more, or there is no compiler.</exception>
    public async Task<RepositoryProtobufFound> CompareAsync(CancellationToken ct)
    {
        // Imports lead from group to group: where one file was touched, each of them may have changed.
        if (!finder.Changes.Touched.Any(ProtoFiles.IsOne))
            return new RepositoryProtobufFound([], ImportRoots.Of(_working.Present, _working.Text).Where(f => IsOwn(f.Key)).DistinctBy(f => f.Value, StringComparer.Ordinal).Count(), []);
        using var old = new PrivateDirectory();
        using var @new = new PrivateDirectory();
        var tree = new GitTree(repository.Git, commit, "");
        tree.Write(old.Path);
        var before = new ProtoSide(old.Path, FilesIn(old.Path), root => $"git:{commit[..12]}:{ProtoGroup.Named(root)}");
        var now = new ProtoSide(@new.Path, _working.Write(@new.Path, old.Path), ProtoGroup.Named);
        var groups = ProtoGroup.Of(Own(before.Roots), Own(now.Roots), finder.Changes.Renamed);
        foreach (var group in groups)
        {
            // Each takes a while.
            var sides = await Task.WhenAll(
                Task.Run(() => group.Before is [] ? ProtoOutcome.None : before.Compiled(group.OldRoot, group.Before, ct), ct),
                Task.Run(() => group.Now is [] ? ProtoOutcome.None : now.Compiled(group.Root, group.Now, ct), ct));
            Judge(group, sides[0], sides[1]);
        }

        return new RepositoryProtobufFound(_reports, groups.Count, _remarks);
    }

    private void Judge(ProtoGroup group, ProtoOutcome before, ProtoOutcome now)
    {
        if (before.Source is not null && now.Why is { } broken)
            throw new ProblemException(broken);
        if ((now.Why ?? before.Why) is { } why)
            _remarks.Add(Printable.Line($"{ProtoGroup.Named(group.Root)}: {Remark(before, now)}: {ProtocMessages.First(why)}"));
        if (now.Source is null && (before.Source is null || now.Why is not null))
            return;
        var (was, @is) = (before.Source is null ? "nothing" : ProtoGroup.Named(group.OldRoot), now.Source is null ? "nothing" : ProtoGroup.Named(group.Root));
        _reports.Add(ContractVerb.Report(by => Compare(before.Source, now.Source, by), was, @is, options) with { NewDirectory = now.Source is null ? "" : group.Root });
    }

    private static string Remark(ProtoOutcome before, ProtoOutcome now) => (before.Why, now.Why) switch
    {
        (null, _) => "these .proto files are new, do not compile and are not compared",
        (_, not null) => "these .proto files did not compile before, do not now, and are not compared",
        _ => now.Source is null ? "these .proto files are gone and did not compile before" : "these .proto files did not compile before and are told as new",
    };

    private static Comparison Compare(ContractSource? before, ContractSource? now, ComparisonOptions options) => (before, now) switch
    {
        (null, _) => Comparison.OfAdded(now!, options),
        (_, null) => Comparison.OfRemoved(before, options),
        _ => Comparison.OfPlaces(before, now, options),
    };

    private static IEnumerable<string> FilesIn(string place) => Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(place, f).Replace('\\', '/'));

    /// <summary>What others may import is not for that a part of a contract.</summary>
    private Dictionary<string, string> Own(IReadOnlyDictionary<string, string> roots) => roots.Where(f => IsOwn(f.Key)).ToDictionary(StringComparer.Ordinal);

    private bool IsOwn(string path) => !FileWalk.PassesOver(path) && !options.Policy.IsIgnored(path);
}

/// <summary>What was found.</summary>
/// <param name="Count">Of the contracts, also those that are not compared.</param>
/// <param name="Remarks">What a person should know about those.</param>
internal sealed record RepositoryProtobufFound(IReadOnlyList<ContractReport> Reports, int Count, IReadOnlyList<string> Remarks)
{
    public static RepositoryProtobufFound None { get; } = new([], 0, []);
}
