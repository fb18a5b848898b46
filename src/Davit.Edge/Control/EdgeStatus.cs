using System.Collections.Immutable;

namespace Davit.Edge.Control;

/// <summary>What the edge serves now.</summary>
/// <param name="Version">Of the program.</param>
/// <param name="StartedAt">When the process began.</param>
/// <param name="TableVersion">Counts up by one with each swap.</param>
/// <param name="TableAge">Since the last swap, or since the table was read from disk.</param>
/// <param name="Environments">One entry per environment that is served.</param>
/// <param name="Events">The last things worth telling, such as a damaged table file that was skipped; oldest first.</param>
public sealed record EdgeStatus(
    string Version,
    DateTimeOffset StartedAt,
    long TableVersion,
    TimeSpan TableAge,
    ImmutableArray<EnvironmentStatus> Environments,
    ImmutableArray<EdgeNote> Events)
{
    public ImmutableArray<ListenerStatus> Listeners { get; set; } = [];

    public long ResidentBytes { get; set; }

    public int OpenConnections { get; set; }

    public int ProcessId { get; set; }

    /// <summary>Processes from before an upgrade that still finish connections; what they have under way is counted with the targets.</summary>
    public ImmutableArray<PredecessorStatus> Predecessors { get; set; } = [];
}

/// <summary>One listening address and what keeps it from being bound, "" when nothing does.</summary>
public sealed record ListenerStatus(string Address, string Kind, string Problem);

public sealed record EdgeNote(DateTimeOffset At, string Kind, string Text);

/// <summary>One environment's slice: the highest fence seen and the switch that made it, "" when it was removed and only drains.</summary>
public sealed record EnvironmentStatus(
    string Environment, long Fence, string Switch, DateTimeOffset SwitchedAt, TrafficMode Traffic, ImmutableArray<TargetStatus> Targets)
{
    public string TrafficMessage { get; set; } = "";
}

public enum TargetHealth
{
    /// <summary>Serves, but has not been probed since the edge started.</summary>
    Unverified,
    Ready,

    /// <summary>The probe failed as often as the spec allows.</summary>
    Sick,

    /// <summary>Connections to it failed five times in a row; it gets none until the time is over.</summary>
    Ejected,

    /// <summary>The engine said that the instance ended.</summary>
    Gone,
    Draining,
}

public sealed record TargetStatus(
    string Service, string Release, string Instance, string Endpoint, TargetHealth Health, int InFlight, long Requests, ImmutableArray<ProbeAttempt> Ring);

/// <summary>Figures of one environment since the edge started.</summary>
public sealed record EnvironmentCounters(string Environment, ImmutableArray<RouteCounters> Routes);

/// <summary>
/// Figures of one route. Answers by status class are 1xx to 5xx in that order; edge errors are answers the edge made
/// because no target could; latency buckets hold answers of up to 1, 2, 4, … 2^15 ms, and above.
/// </summary>
public sealed record RouteCounters(
    string Route, string Service, long Requests, ImmutableArray<long> ByClass, long EdgeErrors, long ClientGone, ImmutableArray<long> LatencyBuckets)
{
    public long BytesIn { get; set; }

    public long BytesOut { get; set; }

    public long Retries { get; set; }

    public long Ejections { get; set; }

    public long WebSockets { get; set; }
}

/// <summary>A certificate and its key, both PEM; the chain follows the certificate.</summary>
public sealed record CertificateUpload(string ChainPem, string KeyPem);

public sealed record CertificateStatus(
    string Name, ImmutableArray<string> Hosts, string Issuer, DateTimeOffset NotBefore, DateTimeOffset NotAfter, string Thumbprint, bool IsLocal);

/// <summary>Which route and target would answer a URL, without asking the target. The route is "" when none matches; the rule says why it is this one.</summary>
public sealed record RouteTest(string Route, string Environment, string Service, string Rule, string UpstreamPath, ImmutableArray<string> ReadyTargets);
