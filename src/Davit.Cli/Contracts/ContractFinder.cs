using Davit.Cli.Contracts.Protobuf;
using Davit.Contracts;
using Davit.Contracts.Policies;
using Davit.Model;

namespace Davit.Cli.Contracts;

/// <summary>A contract of a repository. Old and new are where it stood and where it stands; null where it did not or does not any more.</summary>
internal sealed record FoundContract(string? Old, string? New, bool IsChanged)
{
    public string Name => New ?? Old!;
}

/// <summary>Finds the contracts of a working tree and of the commit it is compared with.</summary>
internal sealed class ContractFinder(Repository repository, string commit, ContractPolicy policy)
{
    private readonly ContractDirectory _tree = ContractDirectory.At(repository.Root);

    /// <summary>The files that Git knows in the working tree or would take, from the top; some of them may be gone.</summary>
    public IReadOnlyList<string> Listed => field ??= [.. repository.Git.AskList("ls-files", "-z", "--cached", "--others", "--exclude-standard").Distinct(StringComparer.Ordinal)];

    public Changes Changes => field ??= ReadChanges();

    /// <exception cref="ProblemException">It holds Protobuf files that do not compile.</exception>
    public ContractSource Now(string path, CancellationToken ct) =>
        Path.Combine(repository.Root, path) is var full && ProtoInput.Takes(full) ? ProtoInput.FromDisk(path, full, repository.Root, ct) : PlainNow(path);

    /// <exception cref="ProblemException">It holds Protobuf files that do not compile.</exception>
    public ContractSource Before(string path, CancellationToken ct) => ProtoInput.FromGit(repository.Git, commit, path, ct) ?? PlainBefore(path);

    /// <summary>Those that are there now, and those that were and are not any more, by their paths.</summary>
    public IReadOnlyList<FoundContract> Find()
    {
        var changes = Changes;
        var before = repository.Git.AskList("ls-tree", "-r", "-z", "--name-only", commit).ToHashSet(StringComparer.Ordinal);
        var now = policy.Provides.IsEmpty ? Present() : [.. policy.Provides.Where(p => Path.Exists(Path.Combine(repository.Root, p)))];
        var mayBePart = changes.Touched.Except(now, StringComparer.Ordinal).Any(ContractNames.MayBePart);
        var found = now.ConvertAll(path => Paired(path, changes, before, mayBePart));
        found.AddRange(Gone(changes, before, now).Select(path => new FoundContract(path, null, IsChanged: true)));
        return [.. found.OrderBy(f => f.Name, StringComparer.Ordinal)];
    }

    private FoundContract Paired(string path, Changes changes, HashSet<string> before, bool mayBePart)
    {
        var old = changes.Renamed.GetValueOrDefault(path, path);
        var isChanged = mayBePart || changes.Touched.Contains(path) || (IsOfProtobuf(path) && changes.Touched.Any(ProtoFiles.IsOne));
        return new FoundContract(IsThere(old, before) ? old : null, path, isChanged);
    }

    private ContractSource PlainNow(string path) => new(path, _tree.Read);

    private ContractSource PlainBefore(string path) => new(path, asked => repository.Git.Read(commit, asked, isNeeded: false));

    private bool IsOfProtobuf(string path) => ProtoInput.Takes(Path.Combine(repository.Root, path));

    /// <summary>A file, or a directory that holds one.</summary>
    private static bool IsThere(string path, HashSet<string> files) => files.Contains(path) || files.Any(f => f.StartsWith($"{path.TrimEnd('/')}/", StringComparison.Ordinal));

    private List<string> Present() => [.. Listed.Where(p => ContractNames.IsCandidate(p) && !policy.IsIgnored(p) && ContractNames.IsContract(PlainNow(p)))];

    private List<string> Gone(Changes changes, HashSet<string> before, List<string> now)
    {
        if (policy.Provides.IsEmpty)
            return [.. changes.Removed.Concat(changes.Renamed.Where(r => !now.Contains(r.Key)).Select(r => r.Value)).Where(p => ContractNames.IsCandidate(p) && !policy.IsIgnored(p) && ContractNames.IsContract(PlainBefore(p)))];
        var missing = policy.Provides.Except(now, StringComparer.Ordinal).ToList();
        return missing.Find(p => !IsThere(p, before)) is { } nowhere ? throw new ProblemException(ContractProblems.NotDeclared(nowhere)) : missing;
    }

    /// <summary>Names and states alternate; a rename has two names.</summary>
    private Changes ReadChanges()
    {
        var changes = new Changes();
        var parts = new Queue<string>(repository.Git.AskList("diff", "--no-ext-diff", "--no-textconv", "--name-status", "-z", "-M50", commit));
        while (parts.TryDequeue(out var state))
        {
            var path = parts.Dequeue();
            changes.Touched.Add(path);
            if (state is ['D', ..])
                changes.Removed.Add(path);
            if (state is not ['R' or 'C', ..])
                continue;
            var to = parts.Dequeue();
            changes.Touched.Add(to);
            if (state is ['R', ..])
                changes.Renamed[to] = path;
        }

        changes.Touched.UnionWith(repository.Git.AskList("ls-files", "-z", "--others", "--exclude-standard"));
        return changes;
    }
}

/// <summary>What differs between a commit and the working tree.</summary>
internal sealed class Changes
{
    public HashSet<string> Touched { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Removed { get; } = new(StringComparer.Ordinal);

    /// <summary>Old paths by new ones.</summary>
    public Dictionary<string, string> Renamed { get; } = new(StringComparer.Ordinal);
}
