using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Davit.Edge.Control;

/// <summary>What routes lead to: the ready instances of one service, or a directory of files.</summary>
/// <param name="Name">The service's name in its environment.</param>
/// <param name="Release">The release the targets run, for logs and figures.</param>
/// <param name="Targets">Empty for a static site; otherwise every instance that may receive traffic.</param>
public sealed record EdgeService(string Name, string Release, ImmutableArray<EdgeTarget> Targets)
{
    public ProbeSpec Probe { get; set; } = new();

    public DrainSpec Drain { get; set; } = new();

    /// <summary>Set for a service of kind <c>static</c>: the edge answers from this directory itself.</summary>
    public StaticSite? Site { get; set; }

    /// <summary>The cookie that keeps a client on one instance; "" for none.</summary>
    public string StickyCookie { get; set; } = "";

    /// <summary>Set while a part of the clients is served by a new release. Left out otherwise: an edge that does not know it takes the rest.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EdgeSplit? Split { get; set; }
}

/// <summary>One instance as the edge reaches it.</summary>
/// <param name="Instance">The instance's id; the same instance in the next table is the same target and is not probed anew.</param>
/// <param name="Address">An IPv4 or IPv6 address, never a name.</param>
/// <param name="Port">The port the service listens on there.</param>
public sealed record EdgeTarget(string Instance, string Address, int Port)
{
    /// <summary>The target speaks HTTP/2 without TLS (prior knowledge).</summary>
    public bool Http2 { get; set; }

    /// <summary>Its share of the requests relative to the other targets, 1 to 1000.</summary>
    public int Weight { get; set; } = 100;
}

/// <summary>A site served from disk.</summary>
/// <param name="Root">An absolute directory that does not change any more: a new release is a new directory.</param>
public sealed record StaticSite(string Root)
{
    /// <summary>Paths that name no file are answered with the index page (single page applications).</summary>
    public bool SinglePage { get; set; }

    /// <summary>The page, relative to the root, that goes with 404; "" for the edge's own.</summary>
    public string NotFoundPage { get; set; } = "404.html";

    public ImmutableArray<HeaderRule> Headers { get; set; } = [];

    /// <summary>Files that only the previous release has stay reachable for an hour, so open pages keep working.</summary>
    public bool KeepPreviousAssets { get; set; } = true;
}

/// <summary>Response headers for the paths that match.</summary>
/// <param name="Match">A path in which <c>*</c> stands for any run of characters, such as <c>/assets/*</c>.</param>
/// <param name="Set">Names and values; they take the place of what the edge would have sent.</param>
public sealed record HeaderRule(string Match, ImmutableDictionary<string, string> Set);
