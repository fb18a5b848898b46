using System.Collections.Immutable;

namespace Davit.Manifest;

public sealed record DependencySpec(DependencyCondition Condition)
{
    public bool IsRequired { get; init; } = true;

    /// <summary>The dependant is restarted after the dependency was.</summary>
    public bool Restart { get; init; }
}

public enum DependencyCondition
{
    ServiceStarted,
    ServiceHealthy,
    ServiceCompletedSuccessfully,
}

/// <summary>Compose's <c>healthcheck</c>. An unset value keeps the image's own.</summary>
public sealed record HealthcheckSpec
{
    /// <summary>Starts with <c>CMD</c>, <c>CMD-SHELL</c> or <c>NONE</c>; <see langword="null"/> keeps the image's own.</summary>
    public ImmutableArray<string>? Test { get; init; }

    public bool IsDisabled { get; init; }

    public TimeSpan? Interval { get; init; }

    public TimeSpan? Timeout { get; init; }

    public int? Retries { get; init; }

    public TimeSpan? StartPeriod { get; init; }

    public TimeSpan? StartInterval { get; init; }
}

public sealed record HookSpec(ImmutableArray<string> Command)
{
    public string? User { get; init; }

    public bool Privileged { get; init; }

    public string? WorkingDirectory { get; init; }

    public ImmutableSortedDictionary<string, string?> Environment { get; init; } = Maps.NoNullable;
}

/// <summary>A command as an argument list.</summary>
public sealed record CommandSpec(ImmutableArray<string> Arguments);

/// <summary>Compose's <c>deploy</c> beyond resources and scale, which have their own places.</summary>
public sealed record DeploySpec
{
    /// <summary><c>replicated</c>, <c>global</c>, <c>replicated-job</c> or <c>global-job</c>.</summary>
    public string Mode { get; init; } = "replicated";

    public int? Replicas { get; init; }

    public ImmutableSortedDictionary<string, string> Labels { get; init; } = Maps.None;

    public RestartPolicySpec? RestartPolicy { get; init; }

    public ImmutableArray<string> Constraints { get; init; } = [];

    /// <summary>Labels to spread over.</summary>
    public ImmutableArray<string> Preferences { get; init; } = [];

    public int? MaxReplicasPerNode { get; init; }
}

public sealed record RestartPolicySpec
{
    /// <summary><c>none</c>, <c>on-failure</c> or <c>any</c>.</summary>
    public string Condition { get; init; } = "any";

    public TimeSpan? Delay { get; init; }

    public int? MaxAttempts { get; init; }

    public TimeSpan? Window { get; init; }
}
