namespace Davit.Cli.Contracts.Protobuf;

/// <summary>Where imports are looked for, in this order.</summary>
/// <param name="Names">How the user knows each; files of a revision lie in a directory that is gone when he reads of it.</param>
internal sealed record ProtoRoots(IReadOnlyList<string> Paths, IReadOnlyList<string> Names)
{
    public static ProtoRoots OnDisk(params string[] paths) => new(paths, paths);

    /// <summary>A text of the compiler in which the user finds his own names.</summary>
    public string Named(string text) => Paths.Zip(Names).Where(r => r.First != r.Second).OrderByDescending(r => r.First.Length).Aggregate(text, (told, root) => told.Replace(root.First, root.Second, StringComparison.Ordinal));
}
