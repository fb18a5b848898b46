using Davit.Cli.Contracts.Protobuf;
using Davit.Cli.Shell;
using Davit.Contracts;
using Davit.Model;

namespace Davit.Cli.Contracts;

/// <summary>One side of a comparison as a user names it: a file, a directory of Protobuf files, <c>git:REVISION:PATH</c>, or <c>-</c> for standard input.</summary>
internal static class ContractInput
{
    public static async Task<ContractSource> ReadAsync(string named, CancellationToken ct)
    {
        if (named is "-")
            return Plain("stdin", await StandardInputAsync(ct));
        if (named.StartsWith("git:", StringComparison.Ordinal))
            return FromGit(named, ct);
        var path = Path.GetFullPath(named);
        return ProtoInput.Takes(path) ? ProtoInput.FromDisk(named, path, ct) : FromDisk(named, path);
    }

    private static ContractSource Plain(string name, byte[] content)
    {
        var source = ContractSource.Of(name, content);
        return ProtoFiles.IsText(content) && ContractKind.Of(source) is null ? throw new ProblemException(ProtoFiles.Nameless()) : source;
    }

    private static async Task<byte[]> StandardInputAsync(CancellationToken ct)
    {
        using var all = new MemoryStream();
        await using var input = Console.OpenStandardInput();
        await input.CopyToAsync(all, ct);
        return all.ToArray();
    }

    private static ContractSource FromDisk(string named, string path)
    {
        if (!File.Exists(path))
            throw new ProblemException(CliProblems.Unreadable(Directory.Exists(path) ? $"'{named}' is a directory and holds no .proto files; name the file of the contract" : $"there is no file '{named}'"));
        var root = ContractDirectory.Of(path);
        return new ContractSource(Path.GetRelativePath(root.Path, path).Replace('\\', '/'), root.Read);
    }

    private static ContractSource FromGit(string named, CancellationToken ct)
    {
        if (named.Split(':', 3) is not [_, [not '-', ..] revision, { Length: > 0 } path])
            throw new UsageException(CliProblems.Bad($"'{named}'", "is no file of a revision", "Write it as: git:main:api/openapi.yaml"));
        var git = new Git(Environment.CurrentDirectory);
        return ProtoInput.FromGit(git, revision, path, ct) ?? new ContractSource(path, asked => git.Read(revision, asked, isNeeded: asked == path));
    }
}
