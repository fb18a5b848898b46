using System.Collections.Immutable;

namespace Davit.Edge.Control;

/// <summary>
/// The slice of the route table that one environment owns. It is replaced as a whole, in one swap, so a client sees the
/// old routes, services and targets or the new ones, never a mixture.
/// </summary>
/// <param name="Environment">The environment's id, <c>env_…</c>.</param>
/// <param name="Routes">Every route of the environment.</param>
/// <param name="Services">Every service that a route names.</param>
public sealed record EdgeEnvironment(string Environment, ImmutableArray<EdgeRoute> Routes, ImmutableArray<EdgeService> Services)
{
    /// <summary>Whether requests are answered, held back or turned away; null in a switch leaves it as it is.</summary>
    public EdgeTraffic? Traffic { get; set; }
}

public enum TrafficMode
{
    Serving,

    /// <summary>New requests wait (up to <see cref="EdgeTraffic.Hold"/>, then 503) until the environment serves again.</summary>
    Paused,

    /// <summary>New requests are answered 503 with <see cref="EdgeTraffic.Message"/>; probe paths still reach the service.</summary>
    Maintenance,
}

/// <param name="Mode">What happens to new requests.</param>
/// <param name="Message">Shown to people while in maintenance; "" for the edge's own words.</param>
public sealed record EdgeTraffic(TrafficMode Mode, string Message = "")
{
    public static EdgeTraffic Serving { get; } = new(TrafficMode.Serving);

    /// <summary>How long a request waits while paused.</summary>
    public TimeSpan Hold { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Addresses and networks whose requests are answered all the same.</summary>
    public ImmutableArray<string> Allow { get; set; } = [];
}
