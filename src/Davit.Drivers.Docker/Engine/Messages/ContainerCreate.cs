namespace Davit.Drivers.Docker.Engine.Messages;

/// <summary>The body of ContainerCreate. Property names are the engine's; null is left out.</summary>
internal sealed record ContainerCreate
{
    public required string Image { get; init; }

    public string? Hostname { get; init; }

    public string? Domainname { get; init; }

    public string? User { get; init; }

    public bool? Tty { get; init; }

    public bool? OpenStdin { get; init; }

    public IReadOnlyList<string>? Env { get; init; }

    public IReadOnlyList<string>? Cmd { get; init; }

    public IReadOnlyList<string>? Entrypoint { get; init; }

    public string? WorkingDir { get; init; }

    public SortedDictionary<string, EmptyObject>? ExposedPorts { get; init; }

    public string? StopSignal { get; init; }

    public int? StopTimeout { get; init; }

    public string? MacAddress { get; init; }

    public HealthConfig? Healthcheck { get; init; }

    public SortedDictionary<string, string>? Labels { get; init; }

    public required HostConfig HostConfig { get; init; }

    public NetworkingConfig? NetworkingConfig { get; init; }
}

internal sealed record EmptyObject;

/// <summary>Durations in nanoseconds.</summary>
internal sealed record HealthConfig
{
    public IReadOnlyList<string>? Test { get; init; }

    public long? Interval { get; init; }

    public long? Timeout { get; init; }

    public long? StartPeriod { get; init; }

    public long? StartInterval { get; init; }

    public int? Retries { get; init; }
}

internal sealed record NetworkingConfig(SortedDictionary<string, EndpointSettings> EndpointsConfig);

internal sealed record EndpointSettings
{
    public IReadOnlyList<string>? Aliases { get; init; }

    public EndpointAddresses? IPAMConfig { get; init; }

    public SortedDictionary<string, string>? DriverOpts { get; init; }

    public string? MacAddress { get; init; }

    public string? IPAddress { get; init; }

    public string? GlobalIPv6Address { get; init; }
}

internal sealed record EndpointAddresses
{
    public string? IPv4Address { get; init; }

    public string? IPv6Address { get; init; }

    public IReadOnlyList<string>? LinkLocalIPs { get; init; }
}

internal sealed record NetworkConnect(string Container, EndpointSettings EndpointConfig);
