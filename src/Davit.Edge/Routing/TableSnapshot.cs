using System.Collections.Frozen;
using System.Collections.Immutable;
using Davit.Edge.Control;

namespace Davit.Edge.Routing;

/// <summary>The whole table at one instant. Immutable but for the health of its targets; a request keeps the one it began with.</summary>
internal sealed class TableSnapshot
{
    private readonly FrozenDictionary<string, HostRoutes>.AlternateLookup<ReadOnlySpan<char>> _exact;
    private readonly FrozenDictionary<string, HostRoutes>.AlternateLookup<ReadOnlySpan<char>> _wildcard;
    private readonly HostRoutes? _default;

    public TableSnapshot(long version, ImmutableSortedDictionary<string, EnvironmentSlice> slices, ImmutableArray<BoundRoute> routes)
    {
        Version = version;
        Slices = slices;
        Routes = routes;
        var hosts = routes.Where(r => r.Route.Kind is RouteKind.Http)
            .GroupBy(r => r.Route.Host, StringComparer.Ordinal)
            .Select(g => new HostRoutes(g.Key, [.. g.OrderByDescending(r => r.Route.PathPrefix.Length).ThenBy(r => r.Route.Id, StringComparer.Ordinal)]))
            .ToArray();
        _exact = Lookup(hosts.Where(h => h.Host is not "" and not ['*', ..]), h => h.Host);
        _wildcard = Lookup(hosts.Where(h => h.Host is ['*', ..]), h => h.Host[2..]);
        _default = hosts.FirstOrDefault(h => h.Host is "");
        Passthrough = [.. routes.Where(r => r.Route.Kind is RouteKind.TlsPassthrough)];
        Tcp = routes.Where(r => r.Route.Kind is RouteKind.Tcp).ToFrozenDictionary(r => r.Route.ListenPort);
        TlsHosts = routes.Where(r => r.Route is { Kind: RouteKind.Http, Tls.Mode: not TlsMode.Off }).Select(r => r.Route.Host).ToFrozenSet(StringComparer.Ordinal);
    }

    public static TableSnapshot Empty { get; } = new(0, ImmutableSortedDictionary<string, EnvironmentSlice>.Empty.WithComparers(StringComparer.Ordinal), []);

    public long Version { get; }

    public ImmutableSortedDictionary<string, EnvironmentSlice> Slices { get; }

    public ImmutableArray<BoundRoute> Routes { get; }

    public ImmutableArray<BoundRoute> Passthrough { get; }

    public FrozenDictionary<int, BoundRoute> Tcp { get; }

    /// <summary>Hosts of HTTP routes that are served over TLS too.</summary>
    public FrozenSet<string> TlsHosts { get; }

    /// <summary>What the switch of this id came to, or null when it made none of the slices.</summary>
    public SwitchOutcome.Switched? Find(string switchId) => Slices.Values.Select(s => s.Find(switchId)).FirstOrDefault(o => o is not null);

    /// <summary>The routes of a host: exact, then one wildcard label, then the default.</summary>
    public HostRoutes? Host(ReadOnlySpan<char> bareHost)
    {
        if (_exact.TryGetValue(bareHost, out var routes))
            return routes;

        return bareHost.IndexOf('.') is var dot and > 0 && _wildcard.TryGetValue(bareHost[(dot + 1)..], out routes) ? routes : _default;
    }

    /// <summary>A path that no route of the exact host takes may still belong to the wildcard or the default.</summary>
    public BoundRoute? Match(ReadOnlySpan<char> bareHost, ReadOnlySpan<char> path)
    {
        if (_exact.TryGetValue(bareHost, out var routes) && routes.Match(path) is { } exact)
            return exact;

        if (bareHost.IndexOf('.') is var dot and > 0 && _wildcard.TryGetValue(bareHost[(dot + 1)..], out routes) && routes.Match(path) is { } wild)
            return wild;

        return _default?.Match(path);
    }

    /// <summary>The passthrough route of a server name; without a name only when exactly one route is the default.</summary>
    public BoundRoute? MatchPassthrough(string serverName)
    {
        var wildcard = serverName.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 ? string.Concat("*", serverName.AsSpan(dot)) : "*";
        return Passthrough.FirstOrDefault(r => serverName is not "" && string.Equals(r.Route.Host, serverName, StringComparison.OrdinalIgnoreCase))
            ?? Passthrough.FirstOrDefault(r => string.Equals(r.Route.Host, wildcard, StringComparison.OrdinalIgnoreCase))
            ?? Passthrough.FirstOrDefault(r => r.Route.Host is "");
    }

    private static FrozenDictionary<string, HostRoutes>.AlternateLookup<ReadOnlySpan<char>> Lookup(IEnumerable<HostRoutes> hosts, Func<HostRoutes, string> key) =>
        hosts.ToFrozenDictionary(key, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
