namespace Davit.Planning.Instances;

/// <summary>How the instance is reached and what it can reach.</summary>
public sealed record ConnectivitySpec
{
    public string? Hostname { get; init; }

    public string? DomainName { get; init; }

    /// <summary>The first one gives the default route. Ignored by the engine when <see cref="Mode"/> is set.</summary>
    public EquatableList<NetworkAttachment> Networks { get; init; }

    /// <summary><c>none</c>, <c>host</c> or <c>bridge</c>; null joins <see cref="Networks"/>.</summary>
    public string? Mode { get; init; }

    public EquatableList<PublishedPort> Ports { get; init; }

    /// <summary>Ports the instance listens on, as <c>8080/tcp</c>; documentation for the runtime only.</summary>
    public EquatableList<string> Expose { get; init; }

    public EquatableList<string> Dns { get; init; }

    public EquatableList<string> DnsOptions { get; init; }

    public EquatableList<string> DnsSearch { get; init; }

    /// <summary><c>name:address</c>; the address <c>host-gateway</c> is the engine's.</summary>
    public EquatableList<string> ExtraHosts { get; init; }

    public string? MacAddress { get; init; }
}

/// <param name="Network">The runtime's name of the network.</param>
/// <param name="Aliases">Names other instances of the network resolve, such as the service's.</param>
public sealed record NetworkAttachment(string Network, EquatableList<string> Aliases)
{
    public string? Ipv4 { get; init; }

    public string? Ipv6 { get; init; }

    public EquatableList<string> LinkLocalAddresses { get; init; }

    public string? MacAddress { get; init; }

    public EquatableMap DriverOptions { get; init; }
}

/// <summary>A port of the host that leads into the instance. Host port 0 lets the engine choose; no host address is every address.</summary>
public sealed record PublishedPort(int ContainerPort, int HostPort, string? HostAddress = null, TransportProtocol Protocol = TransportProtocol.Tcp)
{
    /// <summary>The engine takes a free one from <see cref="HostPort"/> to this one.</summary>
    public int? LastHostPort { get; init; }
}

public enum TransportProtocol
{
    Tcp,
    Udp,
    Sctp,
}
