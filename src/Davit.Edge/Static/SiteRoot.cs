using System.Collections.Concurrent;
using Davit.Edge.Control;

namespace Davit.Edge.Static;

/// <summary>A site as it is served, and the directory it replaced.</summary>
internal sealed record SiteRoot(StaticSite Site, string? PreviousRoot, DateTimeOffset Since)
{
    /// <summary>How long files of the previous release stay reachable.</summary>
    public static readonly TimeSpan PreviousFor = TimeSpan.FromHours(1);

    /// <summary>What was found out about files; a root does not change, so it stays true.</summary>
    public ConcurrentDictionary<string, SiteFile?> Known { get; } = new(StringComparer.Ordinal);
}
