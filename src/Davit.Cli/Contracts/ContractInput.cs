using Davit.Cli.Shell;
using Davit.Contracts;
using Davit.Model;

namespace Davit.Cli.Contracts;

/// <summary>One side of a comparison as a user names it: a file, <c>git:REVISION:PATH</c>, or <c>-</c> for standard input.</summary>
internal static class ContractInput
{
    public static async Task<ContractSource> ReadAsync(string named, CancellationToken ct)
    {
        if (named is "-")
            return ContractSource.Of("stdin", await StandardInputAsync(ct));
        if (named.StartsWith("git:", StringComparison.Ordinal))
            return FromGit(named);
        return FromDisk(named);
    }

    private static async Task<byte[]> StandardInputAsync(CancellationToken ct)
    {
        using var all = new MemoryStream();
        await using var input = Console.OpenStandardInput();
        await input.CopyToAsync(all, ct);
        return all.ToArray();
    }

    private static ContractSource FromDisk(string named)
    {
        var path = Path.GetFullPath(named);
        if (!File.Exists(path))
            throw new ProblemException(CliProblems.Unreadable(Directory.Exists(path) ? $"'{named}' is a directory; name the file of the contract" : $"there is no file '{named}'"));
        var root = ContractDirectory.Of(path);
        return new ContractSource(Path.GetRelativePath(root.Path, path).Replace('\\', '/'), root.Read);
    }

    private static ContractSource FromGit(string named)
    {
        if (named.Split(':', 3) is not [_, [not '-', ..] revision, { Length: > 0 } path])
            throw new UsageException(CliProblems.Bad($"'{named}'", "is no file of a revision", "Write it as: git:main:api/openapi.yaml"));
        var git = new Git(Environment.CurrentDirectory);
        return new ContractSource(path, asked => git.Read(revision, asked, isNeeded: asked == path));
    }
}
