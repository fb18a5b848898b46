using System.Collections.Immutable;
using Davit.Planning.Instances;

namespace Davit.Drivers.Instances;

/// <summary>One instance as the runtime reports it.</summary>
/// <param name="Name">The name the planner chose.</param>
/// <param name="RuntimeId">The runtime's own id.</param>
/// <param name="Owner">Read back from the labels.</param>
/// <param name="SpecHash">What it was made from, read back from its label.</param>
/// <param name="State">What it does now.</param>
public sealed record InstanceSight(string Name, string RuntimeId, Ownership Owner, string SpecHash, InstanceState State)
{
    /// <summary>The image as the spec named it.</summary>
    public string Image { get; init; } = "";

    /// <summary>The image's content id (<c>sha256:…</c>).</summary>
    public string ImageDigest { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>How often the runtime itself restarted it.</summary>
    public int RestartCount { get; init; }

    /// <summary>Over everything of it that can be changed once it is made: when it differs from what it was, somebody else changed it.</summary>
    public string Fingerprint { get; init; } = "";

    public ImmutableArray<InstanceAddress> Addresses { get; init; } = [];

    /// <summary>Host ports as bound now; with the port the engine chose where the spec said 0.</summary>
    public ImmutableArray<PublishedPort> Ports { get; init; } = [];

    /// <summary>Process id of the main process on the runtime's machine, when it runs.</summary>
    public int? Pid { get; init; }

    public bool Equals(InstanceSight? other) => other is not null
        && (Name, RuntimeId, Owner, SpecHash, State) == (other.Name, other.RuntimeId, other.Owner, other.SpecHash, other.State)
        && (Image, ImageDigest, CreatedAt, RestartCount, Pid, Fingerprint) == (other.Image, other.ImageDigest, other.CreatedAt, other.RestartCount, other.Pid, other.Fingerprint)
        && Addresses.SequenceEqual(other.Addresses) && Ports.SequenceEqual(other.Ports);

    public override int GetHashCode() => HashCode.Combine(Name, RuntimeId, State);
}

/// <summary>Where an instance is reached on one network.</summary>
public sealed record InstanceAddress(string Network, string? Ipv4, string? Ipv6);

/// <summary>A socket in state LISTEN.</summary>
public sealed record ListeningSocket(string Address, int Port)
{
    /// <summary>Nobody outside the instance can connect to it.</summary>
    public bool IsLoopback => Address.StartsWith("127.", StringComparison.Ordinal) || Address is "::1";
}
