using System.Text.Json.Serialization;
using Davit.Manifest;
using Davit.Planning.Instances;
using Davit.Planning.Wishes;

namespace Davit.Planning.Rollouts;

/// <summary>The part of the edge's table that one environment wants: its routes and the instances behind them.</summary>
public sealed record Slice(string Release)
{
    public EquatableList<RouteWish> Routes { get; init; }

    public EquatableList<SliceService> Services { get; init; }

    /// <summary>Equal slices have equal hashes; the hash is part of the switch's id, so the edge can be asked which one it serves.</summary>
    [JsonIgnore]
    public string Hash => WishJson.Hash(this)[7..39];

    /// <summary>Every instance that it names, on either side of a split.</summary>
    [JsonIgnore]
    public IEnumerable<string> Instances => Services.SelectMany(s => s.Targets.Concat(s.Split?.To.Targets ?? [])).Select(t => t.Instance);

    /// <summary>The share of clients that a new release serves; null when nothing is split.</summary>
    [JsonIgnore]
    public int? Percent => Services.Select(s => s.Split?.Percent).FirstOrDefault(p => p is not null);

    /// <summary>The slice that lets users reach what is ready now.</summary>
    public static Slice Of(Wish wish, Sight have) => new(wish.Release.ToString())
    {
        Routes = wish.Routes,
        Services = [.. wish.Services.Where(s => wish.Routes.Any(r => r.Service == s.Name)).Select(s => Of(wish, s, have))],
    };

    /// <summary>The serving slice, with a share of the clients of everything that differs on the new release. Routes change at the end.</summary>
    public static Slice Split(Wish serving, Wish wanted, int percent, string header, Sight have)
    {
        var slice = Of(serving, have);
        return slice with { Services = [.. slice.Services.Select(s => CanSplit(serving, wanted, s.Name) ? s with { Split = Side(s.Name) } : s)] };

        SliceSplit Side(string service) => new(wanted.Release.ToString(), percent, Of(wanted, wanted.Find(service)!, have)) { Header = header };
    }

    /// <summary>A service of which both releases can run side by side, and that web clients reach.</summary>
    public static bool CanSplit(Wish serving, Wish wanted, string service) =>
        serving.Find(service) is { } old && wanted.Find(service) is { StopFirstReason: "" } fresh
        && (old.SpecHash != fresh.SpecHash || old.Static != fresh.Static)
        && (old.Static is not null || old.Scale > 0) && (fresh.Static is not null || fresh.Scale > 0)
        && serving.Routes.Any(r => r.Service == service && r.Kind is RouteKind.Http);

    private static SliceService Of(Wish wish, ServiceWish service, Sight have) => new(service.Name)
    {
        Probe = service.Probe,
        Drain = service.Drain,
        Static = service.Static,
        Targets = service.Static is null ? Targets(wish, service, have) : [],
    };

    /// <summary>An environment without routes has no place in the edge's table at all.</summary>
    public bool IsInForce(EdgeSeen edge) => edge.Slice == Hash || (Routes.Count is 0 && edge.Slice is "");

    /// <summary>
    /// Which instances of a service stay when there are more than wanted: those that are ready, then the newest. The table
    /// and the clean-up both ask here, so that neither waits for the other.
    /// </summary>
    public static IEnumerable<InstanceSeen> Kept(ServiceWish service, Sight have) => have.Of(service.Name)
        .Where(i => i.SpecHash == service.SpecHash)
        .OrderBy(i => i.Condition is InstanceCondition.Ended)
        .ThenByDescending(i => i.IsReady)
        .ThenByDescending(i => i.Ordinal)
        .Take(service.Scale);

    private static EquatableList<SliceTarget> Targets(Wish wish, ServiceWish service, Sight have) =>
    [
        .. Kept(service, have)
            .Where(i => i.IsReady && i.Address is not "")
            .OrderBy(i => i.Name, StringComparer.Ordinal)
            .Select(i => new SliceTarget(i.Name, i.Address, Port(wish, service))),
    ];

    private static int Port(Wish wish, ServiceWish service) =>
        wish.Routes.FirstOrDefault(r => r.Service == service.Name && r.Kind is RouteKind.Http)?.Port ?? service.Port ?? 0;
}

public sealed record SliceService(string Name)
{
    public EquatableList<SliceTarget> Targets { get; init; }

    public ProbeWish Probe { get; init; } = new(ProbeKind.None);

    public TimeSpan? Drain { get; init; }

    public StaticWish? Static { get; init; }

    /// <summary>Set while a share of its clients is served by a new release.</summary>
    public SliceSplit? Split { get; init; }
}

public sealed record SliceSplit(string Release, int Percent, SliceService To)
{
    /// <summary>The request header that tells clients apart; "" for a cookie.</summary>
    public string Header { get; init; } = "";
}

public sealed record SliceTarget(string Instance, string Address, int Port);
