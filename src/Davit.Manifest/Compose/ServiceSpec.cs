using System.Collections.Immutable;

namespace Davit.Manifest;

/// <summary>One service with every honoured Compose key typed, defaults written out and what <c>davit.yaml</c> adds.</summary>
public sealed record ServiceSpec
{
    public required string Name { get; init; }

    public required ServiceKind Kind { get; init; }

    /// <summary>One sentence that says which rule chose <see cref="Kind"/>.</summary>
    public string KindReason { get; init; } = "";

    public string? Image { get; init; }

    public BuildSpec? Build { get; init; }

    /// <summary><see langword="null"/> keeps the image's own; empty clears it.</summary>
    public ImmutableArray<string>? Command { get; init; }

    /// <summary><see langword="null"/> keeps the image's own; empty clears it.</summary>
    public ImmutableArray<string>? Entrypoint { get; init; }

    /// <summary>With env files applied. A <see langword="null"/> value takes the value of the environment that deploys.</summary>
    public ImmutableSortedDictionary<string, string?> Environment { get; init; } = Maps.NoNullable;

    public ImmutableArray<PortSpec> Ports { get; init; } = [];

    /// <summary>Ports the image listens on without being published, as <c>8080</c>, <c>8080/udp</c> or <c>8000-8010</c>.</summary>
    public ImmutableArray<string> Expose { get; init; } = [];

    public ImmutableArray<MountSpec> Volumes { get; init; } = [];

    /// <summary>Short-form tmpfs mounts: path, then options after a colon.</summary>
    public ImmutableArray<string> Tmpfs { get; init; } = [];

    public ImmutableSortedDictionary<string, ServiceNetworkSpec> Networks { get; init; } = Maps.Empty<ServiceNetworkSpec>();

    /// <summary><c>SERVICE</c> or <c>SERVICE:ALIAS</c>; <see langword="null"/> when not written.</summary>
    public ImmutableArray<string>? Links { get; init; }

    public ImmutableSortedDictionary<string, DependencySpec> DependsOn { get; init; } = Maps.Empty<DependencySpec>();

    /// <summary>The Compose probe, run inside the instance. <see cref="Health"/> is what a rollout looks at.</summary>
    public HealthcheckSpec? Healthcheck { get; init; }

    public HealthSpec Health { get; init; } = HealthSpec.None;

    /// <summary>Off unless declared.</summary>
    public HealthSpec? Liveness { get; init; }

    public RolloutSpec Rollout { get; init; } = RolloutSpec.Default;

    public ScaleSpec Scale { get; init; } = ScaleSpec.One;

    /// <summary>The port that routes reach when they name none.</summary>
    public int? Port { get; init; }

    public StaticSpec? Static { get; init; }

    public ScheduleSpec? Schedule { get; init; }

    /// <summary>Commands run in order in each new instance before its main process.</summary>
    public ImmutableArray<CommandSpec> Prestart { get; init; } = [];

    public DeploySpec? Deploy { get; init; }

    public ResourceSpec Resources { get; init; } = ResourceSpec.Empty;

    public ImmutableArray<FileReferenceSpec> Configs { get; init; } = [];

    public ImmutableArray<FileReferenceSpec> Secrets { get; init; } = [];

    public ImmutableArray<HookSpec> PostStart { get; init; } = [];

    public ImmutableArray<HookSpec> PreStop { get; init; } = [];

    public ImmutableSortedDictionary<string, string> Labels { get; init; } = Maps.None;

    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = Maps.None;

    public LoggingSpec? Logging { get; init; }

    public RuntimeSpec Runtime { get; init; } = RuntimeSpec.Default;

    public string? Platform { get; init; }

    public string? PullPolicy { get; init; }

    /// <summary><c>no</c>, <c>always</c>, <c>unless-stopped</c> or <c>on-failure[:N]</c>; <see langword="null"/> when not written.</summary>
    public string? Restart { get; init; }

    public string? StopSignal { get; init; }

    public TimeSpan? StopGracePeriod { get; init; }

    public ImmutableArray<string> Profiles { get; init; } = [];

    public string? ContainerName { get; init; }

    /// <summary>Why replacing this service cannot be without a pause; empty when it can.</summary>
    public ImmutableArray<string> StopFirstReasons { get; init; } = [];
}

public enum ServiceKind
{
    Web,
    Worker,
    Job,
    Static,
    Stateful,
}
