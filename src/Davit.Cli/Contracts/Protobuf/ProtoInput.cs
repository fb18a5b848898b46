using System.Text;
using Davit.Contracts;
using Davit.Contracts.Protobuf.Model;
using Davit.Model;

namespace Davit.Cli.Contracts.Protobuf;

/// <summary>Protobuf files as one side of a comparison: a directory of them, or one, on disk or in a revision. They are compiled before they are compared.</summary>
internal static class ProtoInput
{
    /// <param name="path">An absolute path.</param>
    public static bool Takes(string path) => ProtoFiles.IsOne(path) ? File.Exists(path) : Directory.Exists(path) && ProtoFiles.Below(path) is not [];

    /// <param name="path">What <see cref="Takes"/> takes.</param>
    /// <exception cref="ProblemException">They do not compile.</exception>
    public static ContractSource FromDisk(string named, string path, CancellationToken ct) => FromDisk(named, path, Environment.CurrentDirectory, ct);

    /// <param name="path">What <see cref="Takes"/> takes.</param>
    /// <param name="working">Where reports tell paths from.</param>
    /// <exception cref="ProblemException">They do not compile.</exception>
    public static ContractSource FromDisk(string named, string path, string working, CancellationToken ct)
    {
        if (Directory.Exists(path))
            return Compiled(named, ProtoRoots.OnDisk(path), ProtoFiles.Below(path), ct) with { Directory = Relative(working, path) };
        var directory = Path.GetDirectoryName(path)!;
        var root = ProtoFiles.RootOf(directory.Replace('\\', '/'), ProtoHead.Of(File.ReadAllText(path)));
        return Compiled(named, ProtoRoots.OnDisk(root, ContractDirectory.Of(path).Path), [Relative(root, path)], ct) with { Directory = Relative(working, root) };
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
        if (files is [])
            throw new ProblemException(ContractProblems.NoRevision(revision, path, "the directory holds no .proto files"));
        return Kept(Compiled(path, new ProtoRoots([place.Path], [$"git:{revision}:{path}"]), files, ct), files) with { Directory = Relative(place.Path, place.File(path)) };
    }

    /// <summary>It may import any other file of the revision.</summary>
    private static ContractSource OneFromGit(Git git, string revision, string path, CancellationToken ct)
    {
        using var place = new PrivateDirectory();
        var within = Relative(place.Path, place.File(path));
        if (Path.IsPathRooted(path) || within.Split('/')[0] is "..")
            throw new ProblemException(ContractProblems.NoRevision(revision, path, "it leads out of the working directory, which is all that it could import from"));
        var text = Encoding.UTF8.GetString(git.Read(revision, path, isNeeded: true)!);
        new GitTree(git, revision, "").Write(place.Path);
        var directory = ProtoFiles.RootOf(Path.GetDirectoryName(within)!.Replace('\\', '/'), ProtoHead.Of(text));
        var (root, file) = (place.File(directory), Relative(place.File(directory), place.File(within)));
        return Kept(Compiled(path, new ProtoRoots([root, place.Path], [$"git:{revision}:{(directory is "" ? "." : directory)}", $"git:{revision}:."]), [file], ct), [file]) with { Directory = directory };
    }

    /// <param name="roots">Where imports are looked for; the files lie below the first.</param>
    /// <exception cref="ProblemException">They do not compile.</exception>
    public static ContractSource Compiled(string named, ProtoRoots roots, IReadOnlyList<string> files, CancellationToken ct)
    {
        var compiled = Protoc.Compile(roots, files, ct);
        var set = ContractVerb.Readable(() => DescriptorSet.Marked(compiled, files));
        var texts = ContractDirectory.At(roots.Paths[0]);
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

    /// <summary>With forward slashes; empty for the directory itself.</summary>
    private static string Relative(string from, string path) => Path.GetRelativePath(from, path).Replace('\\', '/') is var relative && relative is "." ? "" : relative;
}
