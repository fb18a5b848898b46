using System.Globalization;
using Davit.Model;

namespace Davit.Cli.Contracts.Protobuf;

/// <summary>The Protobuf files below a directory of a revision.</summary>
/// <param name="directory">From the directory of the working tree; empty for that one.</param>
internal sealed class GitTree(Git git, string revision, string directory)
{
    public const long MostBytes = 512L << 20;

    private string Tree => $"{revision}:./{directory}";

    private string Named => directory is "" ? "." : directory;

    public bool Exists => git.Ask("cat-file", "-t", Tree) is "tree";

    /// <summary>Writes every plain file below a directory on disk: one that is passed over can still be imported.</summary>
    /// <returns>The paths of those that are not passed over, from either directory, in order.</returns>
    /// <exception cref="ProblemException">They are too many or too large, or cannot be read.</exception>
    public IReadOnlyList<string> Write(string to)
    {
        var files = List();
        var contents = git.ReadMany([.. files.Values]) ?? throw new ProblemException(ContractProblems.NoRevision(revision, directory, "its files cannot be read"));
        foreach (var (path, content) in files.Keys.Zip(contents))
        {
            var target = Path.GetFullPath(Path.Combine(to, path));
            if (!target.StartsWith(to + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                throw new ProblemException(ContractProblems.NoRevision(revision, path, "it leads out of the directory"));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllBytes(target, content);
        }

        IReadOnlyList<string> plain = [.. files.Keys.Where(f => !FileWalk.PassesOver(f))];
        return plain.Count <= ProtoFiles.Most ? plain : throw new ProblemException(ProtoFiles.TooMany(Named));
    }

    /// <summary>The object of every file by its path. Links and submodules are passed over.</summary>
    private SortedDictionary<string, string> List()
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var left = MostBytes;
        foreach (var line in git.AskList("ls-tree", "-r", "-z", "-l", "--full-tree", Tree))
        {
            // Such as: 100644 blob 9c1f…, the size, a tab, and the path.
            if (line.Split('\t', 2) is not [var about, var path] || about.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not ["100644" or "100755", "blob", var id, var size] || !ProtoFiles.IsOne(path))
                continue;
            files.Add(path, id);
            if ((left -= long.Parse(size, CultureInfo.InvariantCulture)) < 0)
                throw new ProblemException(ProtoFiles.TooLarge(Named));
        }

        return files;
    }
}
