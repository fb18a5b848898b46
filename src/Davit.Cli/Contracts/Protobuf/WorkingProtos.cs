using Davit.Model;

namespace Davit.Cli.Contracts.Protobuf;

/// <summary>The Protobuf files of a working tree. Links are passed over.</summary>
/// <param name="listed">What Git knows and does not ignore, from the top.</param>
/// <param name="touched">What differs from the commit.</param>
internal sealed class WorkingProtos(string top, IEnumerable<string> listed, IReadOnlySet<string> touched)
{
    private readonly ContractDirectory _tree = ContractDirectory.At(top);
    private readonly string[] _paths = [.. listed.Where(ProtoFiles.IsOne)];

    /// <summary>Those that are there.</summary>
    public IReadOnlyList<string> Present => [.. _paths.Where(_tree.HoldsPlain)];

    public string Text(string path) => File.ReadAllText(Path.Combine(top, path));

    /// <summary>Writes all that are there. What was not touched is taken from the commit: so it is the same to the last byte, also where Git leaves it out of the working tree.</summary>
    /// <param name="commit">Where the files of the commit lie.</param>
    /// <returns>Their paths.</returns>
    /// <exception cref="ProblemException">They are too many or too large, or cannot be read.</exception>
    public IReadOnlyList<string> Write(string to, string commit)
    {
        var written = new List<string>();
        var left = GitTree.MostBytes;
        foreach (var path in _paths)
        {
            var isTouched = touched.Contains(path);
            var source = new FileInfo(Path.Combine(isTouched ? top : commit, path));
            if (!source.Exists || (isTouched && !_tree.HoldsPlain(path)))
                continue;
            written.Add(path);
            if (written.Count > ProtoFiles.Most)
                throw new ProblemException(ProtoFiles.TooMany("."));
            if ((left -= source.Length) < 0)
                throw new ProblemException(ProtoFiles.TooLarge("."));
            Copy(source, Path.Combine(to, path));
        }

        return written;
    }

    private static void Copy(FileInfo source, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        try
        {
            source.CopyTo(target);
        }
        catch (Exception unreadable) when (unreadable is UnauthorizedAccessException or IOException)
        {
            throw new ProblemException(CliProblems.Unreadable($"the file '{source.FullName}' cannot be read: {unreadable.Message}"), unreadable);
        }
    }
}
