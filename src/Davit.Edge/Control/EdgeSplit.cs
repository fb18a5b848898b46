using System.Collections.Immutable;

namespace Davit.Edge.Control;

/// <summary>Divides the clients of a service in an old side, which is the service itself, and a new one. Only HTTP is divided.</summary>
/// <param name="To">The new side: the same service as another release describes it.</param>
/// <param name="Percent">The share of clients on the new side, 0 to 100.</param>
/// <param name="Seed">Decides who comes first. As long as it stays the same, a greater share never moves a client back.</param>
public sealed record EdgeSplit(EdgeService To, int Percent, string Seed)
{
    /// <summary>A request header whose value says who a client is; "" for a cookie that the edge sets, which also serves requests without the header.</summary>
    public string Header { get; set; } = "";
}

/// <summary>What both sides of each split of an environment have answered since the split began, or since the edge started.</summary>
public sealed record EnvironmentSplits(string Environment, ImmutableArray<SplitCounters> Splits);

public sealed record SplitCounters(string Service, string Seed, int Percent, SideCounters Old, SideCounters New);

/// <param name="Errors">Answers of 500 and above, those of the edge in the place of a target included.</param>
/// <param name="LatencyBuckets">Answers by the time they took: bucket n holds those of up to 2^(n/4) ms, the last one everything above.</param>
public sealed record SideCounters(string Release, long Requests, long Errors, ImmutableArray<long> LatencyBuckets);
