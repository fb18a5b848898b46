using System.Collections.Immutable;

namespace Davit.Manifest;

/// <summary>How the process and its sandbox are set up.</summary>
public sealed record RuntimeSpec
{
    public static RuntimeSpec Default { get; } = new();

    public string? User { get; init; }

    public string? WorkingDirectory { get; init; }

    public string? Hostname { get; init; }

    public string? DomainName { get; init; }

    public bool? Init { get; init; }

    public bool Tty { get; init; }

    public bool StdinOpen { get; init; }

    public bool ReadOnly { get; init; }

    public bool Privileged { get; init; }

    public ImmutableArray<string> CapAdd { get; init; } = [];

    public ImmutableArray<string> CapDrop { get; init; } = [];

    public ImmutableArray<DeviceSpec> Devices { get; init; } = [];

    public ImmutableArray<string> DeviceCgroupRules { get; init; } = [];

    public ImmutableArray<string> Dns { get; init; } = [];

    public ImmutableArray<string> DnsOptions { get; init; } = [];

    public ImmutableArray<string> DnsSearch { get; init; } = [];

    public ImmutableArray<ExtraHostSpec> ExtraHosts { get; init; } = [];

    public ImmutableArray<string> GroupAdd { get; init; } = [];

    public ImmutableArray<string> SecurityOptions { get; init; } = [];

    public ImmutableSortedDictionary<string, string> Sysctls { get; init; } = Maps.None;

    public ImmutableSortedDictionary<string, UlimitSpec> Ulimits { get; init; } = Maps.Empty<UlimitSpec>();

    public ImmutableSortedDictionary<string, string> StorageOptions { get; init; } = Maps.None;

    public long? ShmSize { get; init; }

    /// <summary><c>host</c>, <c>none</c>, <c>bridge</c>, <c>service:NAME</c> or <c>container:NAME</c>.</summary>
    public string? NetworkMode { get; init; }

    public string? MacAddress { get; init; }

    public string? Ipc { get; init; }

    public string? Pid { get; init; }

    public string? Uts { get; init; }

    public string? UsernsMode { get; init; }

    public string? Cgroup { get; init; }

    public string? CgroupParent { get; init; }

    /// <summary>The OCI runtime, for example <c>runsc</c>.</summary>
    public string? OciRuntime { get; init; }

    /// <summary><see langword="null"/> when not written.</summary>
    public bool? UsesApiSocket { get; init; }

    public bool OomKillDisable { get; init; }

    public int? OomScoreAdjustment { get; init; }
}

public sealed record DeviceSpec(string Source, string Target, string Permissions);

/// <summary>One line of <c>/etc/hosts</c>; the address may be <c>host-gateway</c>.</summary>
public sealed record ExtraHostSpec(string Host, string Address);

public sealed record UlimitSpec(long Soft, long Hard);

public sealed record LoggingSpec(string? Driver, ImmutableSortedDictionary<string, string> Options);
