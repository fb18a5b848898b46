using System.Text.Json.Serialization;

namespace Davit.Drivers.Docker.Engine.Messages;

internal sealed record Created(string Id)
{
    public string[]? Warnings { get; init; }
}

internal sealed record ContainerListed(string Id)
{
    public string[]? Names { get; init; }

    /// <summary>The content id.</summary>
    [JsonPropertyName("ImageID")]
    public string ImageId { get; init; } = "";

    public Dictionary<string, string>? Labels { get; init; }

    public InspectedNetworks? NetworkSettings { get; init; }
}

/// <summary>Of ContainerInspect what we read.</summary>
internal sealed record ContainerInspect(string Id)
{
    public string Name { get; init; } = "";

    public string Image { get; init; } = "";

    public DateTimeOffset Created { get; init; }

    public int RestartCount { get; init; }

    public ContainerState State { get; init; } = new();

    public ContainerConfig Config { get; init; } = new();

    public InspectedNetworks? NetworkSettings { get; init; }

    public InspectedHost? HostConfig { get; init; }

    [JsonIgnore]
    public Dictionary<string, string> Labels => Config.Labels ?? [];
}

/// <summary>Everything of a container that can be changed after it was made, by <c>docker update</c>.</summary>
internal sealed record InspectedHost(long Memory)
{
    public long MemorySwap { get; init; }

    public long MemoryReservation { get; init; }

    public long NanoCpus { get; init; }

    public long CpuShares { get; init; }

    public long CpuPeriod { get; init; }

    public long CpuQuota { get; init; }

    public string? CpusetCpus { get; init; }

    public string? CpusetMems { get; init; }

    public long? PidsLimit { get; init; }

    public int BlkioWeight { get; init; }

    public InspectedRestart? RestartPolicy { get; init; }
}

internal sealed record InspectedRestart(string? Name, int MaximumRetryCount);

internal sealed record ContainerState
{
    public string Status { get; init; } = "";

    public int Pid { get; init; }

    public int ExitCode { get; init; }

    public bool OOMKilled { get; init; }

    public string? Error { get; init; }

    /// <summary>Year 1 when it never happened.</summary>
    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset FinishedAt { get; init; }

    public ContainerHealth? Health { get; init; }
}

internal sealed record ContainerHealth
{
    public string Status { get; init; } = "";
}

internal sealed record ContainerConfig
{
    public string Image { get; init; } = "";

    public string User { get; init; } = "";

    public bool Tty { get; init; }

    public int? StopTimeout { get; init; }

    public Dictionary<string, string>? Labels { get; init; }

    public string[]? Env { get; init; }

    public string[]? Cmd { get; init; }

    public string[]? Entrypoint { get; init; }

    public string? WorkingDir { get; init; }

    public string? StopSignal { get; init; }

    public Dictionary<string, EmptyObject>? ExposedPorts { get; init; }

    public Dictionary<string, EmptyObject>? Volumes { get; init; }

    public HealthConfig? Healthcheck { get; init; }
}

internal sealed record InspectedNetworks
{
    public Dictionary<string, EndpointSettings>? Networks { get; init; }

    public Dictionary<string, PortBinding[]?>? Ports { get; init; }
}

internal sealed record WaitReply
{
    public long StatusCode { get; init; }
}

internal sealed record ExecCreate
{
    public required IReadOnlyList<string> Cmd { get; init; }

    public bool AttachStdin { get; init; }

    public bool AttachStdout { get; init; } = true;

    public bool AttachStderr { get; init; } = true;

    public bool Tty { get; init; }

    public string? DetachKeys { get; init; }

    public string? User { get; init; }

    public string? WorkingDir { get; init; }

    public IReadOnlyList<string>? Env { get; init; }

    public bool? Privileged { get; init; }
}

internal sealed record ExecStart(bool Detach, bool Tty);

internal sealed record ExecInspect
{
    public bool Running { get; init; }

    public int? ExitCode { get; init; }

    public int Pid { get; init; }
}

internal sealed record StatsReply
{
    [JsonPropertyName("read")]
    public DateTimeOffset Read { get; init; }

    [JsonPropertyName("cpu_stats")]
    public CpuStats? Cpu { get; init; }

    [JsonPropertyName("memory_stats")]
    public MemoryStats? Memory { get; init; }

    [JsonPropertyName("networks")]
    public Dictionary<string, NetworkStats>? Networks { get; init; }

    [JsonPropertyName("blkio_stats")]
    public BlkioStats? Blkio { get; init; }

    [JsonPropertyName("pids_stats")]
    public PidsStats? Pids { get; init; }
}

internal sealed record CpuStats([property: JsonPropertyName("cpu_usage")] CpuUsage? Usage);

internal sealed record CpuUsage([property: JsonPropertyName("total_usage")] ulong Total);

internal sealed record MemoryStats
{
    [JsonPropertyName("usage")]
    public ulong Usage { get; init; }

    [JsonPropertyName("limit")]
    public ulong Limit { get; init; }

    [JsonPropertyName("stats")]
    public Dictionary<string, ulong>? Details { get; init; }
}

internal sealed record NetworkStats([property: JsonPropertyName("rx_bytes")] ulong Received, [property: JsonPropertyName("tx_bytes")] ulong Sent);

internal sealed record BlkioStats([property: JsonPropertyName("io_service_bytes_recursive")] BlkioEntry[]? Bytes);

internal sealed record BlkioEntry([property: JsonPropertyName("op")] string Operation, [property: JsonPropertyName("value")] ulong Value);

internal sealed record PidsStats([property: JsonPropertyName("current")] ulong Current);
