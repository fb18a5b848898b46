using Davit.Model;

namespace Davit.Cli.Contracts;

/// <summary>A working tree and the revision it is compared with.</summary>
internal sealed class Repository
{
    /// <summary>Variables in which CI systems name the branch that a change is to go to.</summary>
    private static readonly string[] TargetVariables =
        ["GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "SYSTEM_PULLREQUEST_TARGETBRANCH", "BITBUCKET_PR_DESTINATION_BRANCH", "CHANGE_TARGET", "CI_COMMIT_TARGET_BRANCH", "DRONE_TARGET_BRANCH", "BUILDKITE_PULL_REQUEST_BASE_BRANCH"];

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
            return Commit(against) is { } named ? (named, against) : throw new ProblemException(ContractProblems.NoRevision(against, ".", "there is no such revision"));
        var head = Commit("HEAD") ?? throw new ProblemException(ContractProblems.NoRepository("The repository has no commit yet"));
        foreach (var target in Targets())
        {
            if (Git.Ask("merge-base", head, target) is { Length: > 0 } began && (began != head || !IsClean()))
                return (began, $"{began[..12]}, {(began == head ? "the last commit" : $"where this left {target}")}");
        }

        if (!IsClean())
            return (head, $"{head[..12]}, the last commit");
        return Commit("HEAD^1") is { } parent ? (parent, $"{parent[..12]}, the commit before the last") : throw new ProblemException(ContractProblems.NoRepository("There is no earlier commit here"));
    }

    private string? Commit(string revision) => revision is ['-', ..] ? null : Git.Ask("rev-parse", "--verify", "--quiet", "--end-of-options", $"{revision}^{{commit}}");

    private bool IsClean() => Git.Ask("status", "--porcelain") is "";

    private IEnumerable<string> Targets()
    {
        var branches = TargetVariables.Select(Environment.GetEnvironmentVariable).OfType<string>().Where(b => b is not "")
            .Select(b => b.StartsWith("refs/heads/", StringComparison.Ordinal) ? b["refs/heads/".Length..] : b)
            .SelectMany(b => (string[])[$"origin/{b}", b]);
        return branches.Concat(["origin/HEAD", "origin/main", "origin/master", "main", "master"]).Where(b => Commit(b) is not null);
    }
}
