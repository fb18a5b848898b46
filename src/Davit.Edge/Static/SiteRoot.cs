using System.Collections.Concurrent;
using Davit.Edge.Control;

namespace Davit.Edge.Static;

/// <summary>A site as it is served, and the directory it replaced.</summary>
internal sealed record SiteRoot(StaticSite Site, string? PreviousRoot, DateTimeOffset Since)
{
    /// <summary>How long files of the previous release stay reachable.</summary>
    public static readonly TimeSpan PreviousFor = TimeSpan.FromHours(1);

    /// <summary>What was found out about files, and when. A root is not meant to change, but somebody may damage and davitd restore it.</summary>
    public ConcurrentDictionary<string, KnownFile> Known { get; } = new(StringComparer.Ordinal);
}

/// <param name="File">Null when it is missing.</param>
internal sealed record KnownFile(SiteFile? File, DateTimeOffset At)
{
    private static readonly TimeSpan MissingFor = TimeSpan.FromSeconds(1);

    /// <summary>A file is known as long as its time on disk is the same, a missing one for a moment.</summary>
    public bool IsStillTrue(DateTimeOffset now) => File is { } file ? System.IO.File.GetLastWriteTimeUtc(file.Path) == file.WrittenAt : now - At < MissingFor;
}
