using System.Text;
using Davit.Contracts;
using Davit.Model;

namespace Davit.Cli.Contracts.Protobuf;

/// <summary>Protobuf files as one side of a comparison: a directory of them, or one, on disk or in a revision. They are compiled before they are compared.</summary>
internal static class ProtoInput
{
    /// <param name="path">An absolute path.</param>
    public static bool Takes(string path) => ProtoFiles.IsOne(path) ? File.Exists(path) : Directory.Exists(path) && ProtoFiles.Below(path) is not [];

    /// <param name="path">What <see cref="Takes"/> takes.</param>
    /// <exception cref="ProblemException">They do not compile.</exception>
    public static ContractSource FromDisk(string named, string path, CancellationToken ct)
    {
        if (Directory.Exists(path))
            return Compiled(named, [path], ProtoFiles.Below(path), ct);
        var directory = Path.GetDirectoryName(path)!;
        var root = ProtoFiles.RootOf(directory.Replace('\\', '/'), File.ReadAllText(path));
        return Compiled(named, [root, ContractDirectory.Of(path).Path], [Path.GetRelativePath(root, path).Replace('\\', '/')], ct);
    }

    /// <param name="path">From the directory of the working tree.</param>
    /// <returns>Null for what is neither a directory nor a Protobuf file.</returns>
    /// <exception cref="ProblemException">It cannot be read, or does not compile.</exception>
    public static ContractSource? FromGit(Git git, string revision, string path, CancellationToken ct)
    {
        if (ProtoFiles.IsOne(path))
            return OneFromGit(git, revision, path, ct);
        var tree = new GitTree(git, revision, path.TrimEnd('/'));
        if (!tree.Exists)
            return null;
        using var place = new PrivateDirectory();
        var files = tree.Write(place.Path);
        return files is [] ? throw new ProblemException(ContractProblems.NoRevision(revision, path, "the directory holds no .proto files")) : Kept(Compiled(path, [place.Path], files, ct), files);
    }

    /// <summary>It may import any other file of the revision.</summary>
    private static ContractSource OneFromGit(Git git, string revision, string path, CancellationToken ct)
    {
        var text = Encoding.UTF8.GetString(git.Read(revision, path, isNeeded: true)!);
        using var place = new PrivateDirectory();
        new GitTree(git, revision, "").Write(place.Path);
        var root = place.File(ProtoFiles.RootOf(Path.GetDirectoryName(path)!.Replace('\\', '/'), text));
        var file = Path.GetRelativePath(root, place.File(path)).Replace('\\', '/');
        return Kept(Compiled(path, [root, place.Path], [file], ct), [file]);
    }

    /// <param name="roots">Where imports are looked for; the files lie below the first.</param>
    private static ContractSource Compiled(string named, IReadOnlyList<string> roots, IReadOnlyList<string> files, CancellationToken ct)
    {
        var set = ImportMarks.Set(Protoc.Compile(roots, files, ct), files);
        var texts = ContractDirectory.At(roots[0]);
        // A single file is asked for by its own path too, for its text.
        var path = $"{named} (compiled)";
        return new ContractSource(path, asked => asked == path ? set : texts.Read(asked));
    }

    /// <summary>Readable when the files are gone.</summary>
    private static ContractSource Kept(ContractSource source, IReadOnlyList<string> files)
    {
        var kept = files.ToDictionary(f => f, source.Read, StringComparer.Ordinal);
        return source with { Read = asked => asked == source.Path ? source.Read(asked) : kept.GetValueOrDefault(asked) };
    }
}
