using Davit.Model;

namespace Davit.Cli.Contracts;

/// <summary>A working tree and the revision it is compared with.</summary>
internal sealed class Repository
{
    /// <summary>Variables in which CI systems name the branch that a change is to go to.</summary>
    private static readonly string[] TargetVariables =
        ["GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "SYSTEM_PULLREQUEST_TARGETBRANCH", "BITBUCKET_PR_DESTINATION_BRANCH", "CHANGE_TARGET", "CI_COMMIT_TARGET_BRANCH", "DRONE_TARGET_BRANCH", "BUILDKITE_PULL_REQUEST_BASE_BRANCH"];

    /// <summary>What main branches are called where nobody says which it is.</summary>
    private static readonly string[] Main = ["main", "master", "trunk", "develop"];

    private Repository(Git git) => Git = git;

    public Git Git { get; }

    public string Root => Git.Directory;

    public static Repository Open()
    {
        var top = new Git(Environment.CurrentDirectory).Ask("rev-parse", "--show-toplevel");
        return top is { Length: > 0 } ? new Repository(new Git(top)) : throw new ProblemException(ContractProblems.NoRepository("There is no Git repository here"));
    }

    /// <summary>The commit to compare with, and what it is in words.</summary>
    /// <param name="against">A revision; null for where this change began.</param>
    public (string Commit, string Words) Base(string? against)
    {
        if (against is not null)
            return Commit(against) is { } named ? (named, against) : throw new ProblemException(ContractProblems.NoCommit(against, IsShallow));
        if (Commit("HEAD") is not { } head)
            return Nothing();
        foreach (var target in Targets())
        {
            if (Git.Ask("merge-base", head, target) is { Length: > 0 } began && (began != head || !IsClean()))
                return (began, $"{began[..12]}, {(began == head ? "the last commit" : $"where this left {target}")}");
        }

        if (!IsClean())
            return (head, $"{head[..12]}, the last commit");
        if (Commit("HEAD^1") is { } parent)
            return (parent, $"{parent[..12]}, the commit before the last");
        return IsShallow ? throw new ProblemException(ContractProblems.NoCommit("HEAD^1", isShallow: true)) : Nothing();
    }

    /// <summary>The first commit of a repository is compared with an empty directory.</summary>
    private (string Commit, string Words) Nothing() =>
        (Git.Ask("hash-object", "-t", "tree", "/dev/null") ?? throw new ProblemException(ContractProblems.NoRepository("The repository has no commit yet")), "nothing, for there is no earlier commit");

    private bool IsShallow => Git.Ask("rev-parse", "--is-shallow-repository") is "true";

    private string? Commit(string revision) => revision is ['-', ..] ? null : Git.Ask("rev-parse", "--verify", "--quiet", "--end-of-options", $"{revision}^{{commit}}");

    private bool IsClean() => Git.Ask("status", "--porcelain") is "";

    private IEnumerable<string> Targets()
    {
        var named = TargetVariables.Select(Environment.GetEnvironmentVariable).OfType<string>().FirstOrDefault(b => b is not "");
        if (named is null)
            return ((string[])["origin/HEAD", .. Main.Select(b => $"origin/{b}"), .. Main]).Where(b => Commit(b) is not null);
        var branch = named.StartsWith("refs/heads/", StringComparison.Ordinal) ? named["refs/heads/".Length..] : named;
        var known = ((string[])[$"origin/{branch}", branch]).Where(b => Commit(b) is not null).ToList();
        return known is [] ? throw new ProblemException(ContractProblems.NoBranch(branch)) : known;
    }
}
