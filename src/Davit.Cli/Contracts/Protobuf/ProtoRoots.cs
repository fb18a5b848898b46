namespace Davit.Cli.Contracts.Protobuf;

/// <summary>Where imports are looked for, in this order.</summary>
/// <param name="Names">How the user knows each; files of a revision lie in a directory that is gone when he reads of it.</param>
internal sealed record ProtoRoots(IReadOnlyList<string> Paths, IReadOnlyList<string> Names)
{
    public static ProtoRoots OnDisk(params string[] paths) => new(paths, paths);

    /// <summary>Files are told with the name of the directory that they were found in.</summary>
    public bool TellsWhole { get; init; }

    /// <summary>A text of the compiler in which the user finds his own names.</summary>
    public string Named(string text) => Renamed(TellsWhole ? Whole(text) : text);

    /// <summary>Such as: acme/order.proto:2:9: …</summary>
    private string Whole(string text)
    {
        var file = text.Split(':', 2)[0];
        var at = Enumerable.Range(0, Paths.Count).FirstOrDefault(p => File.Exists(Path.Combine(Paths[p], file)), -1);
        return at < 0 || Names[at] is "." ? text : $"{Names[at]}/{text}";
    }

    private string Renamed(string text) => Paths.Zip(Names).Where(r => r.First != r.Second).OrderByDescending(r => r.First.Length).Aggregate(text, (told, root) => told.Replace(root.First, root.Second, StringComparison.Ordinal));
}
