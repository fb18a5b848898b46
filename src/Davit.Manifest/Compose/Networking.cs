using System.Collections.Immutable;

namespace Davit.Manifest;

/// <summary>One published port; ranges are already taken apart, except an undecided range of host ports.</summary>
/// <param name="Target">The port inside the instance.</param>
/// <param name="Published">A host port, a range to choose from, or <see langword="null"/> for any free one.</param>
public sealed record PortSpec(int Target, string? Published)
{
    public string Protocol { get; init; } = "tcp";

    public string? HostIp { get; init; }

    /// <summary><c>ingress</c> or <c>host</c>.</summary>
    public string Mode { get; init; } = "ingress";

    public string? Name { get; init; }

    public string? AppProtocol { get; init; }
}

/// <summary>How a service takes part in one network.</summary>
public sealed record ServiceNetworkSpec
{
    public ImmutableArray<string> Aliases { get; init; } = [];

    public string? InterfaceName { get; init; }

    public string? Ipv4Address { get; init; }

    public string? Ipv6Address { get; init; }

    public ImmutableArray<string> LinkLocalIps { get; init; } = [];

    public string? MacAddress { get; init; }

    public int Priority { get; init; }

    public int GatewayPriority { get; init; }

    public ImmutableSortedDictionary<string, string> DriverOptions { get; init; } = Maps.None;
}

public sealed record NetworkSpec
{
    /// <summary>The key under <c>networks</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The name on the engine.</summary>
    public required string Name { get; init; }

    public string? Driver { get; init; }

    public ImmutableSortedDictionary<string, string> DriverOptions { get; init; } = Maps.None;

    public ImmutableSortedDictionary<string, string> Labels { get; init; } = Maps.None;

    public bool IsExternal { get; init; }

    public bool IsInternal { get; init; }

    public bool IsAttachable { get; init; }

    public bool? EnableIpv4 { get; init; }

    public bool? EnableIpv6 { get; init; }

    public string? IpamDriver { get; init; }

    public ImmutableArray<IpamPoolSpec> IpamPools { get; init; } = [];

    public ImmutableSortedDictionary<string, string> IpamOptions { get; init; } = Maps.None;
}

public sealed record IpamPoolSpec
{
    public string? Subnet { get; init; }

    public string? Gateway { get; init; }

    public string? IpRange { get; init; }

    public ImmutableSortedDictionary<string, string> AuxiliaryAddresses { get; init; } = Maps.None;
}
