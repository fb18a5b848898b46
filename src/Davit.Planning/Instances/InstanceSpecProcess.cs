namespace Davit.Planning.Instances;

/// <summary>The main process. Commands are argument lists; nothing passes through a shell unless the list names one.</summary>
public sealed record ProcessSpec
{
    /// <summary>Null keeps the image's entrypoint, an empty list clears it.</summary>
    public EquatableList<string>? Entrypoint { get; init; }

    /// <summary>Null keeps the image's command unless <see cref="Entrypoint"/> is set, as in Compose.</summary>
    public EquatableList<string>? Command { get; init; }

    public EquatableMap Environment { get; init; }

    /// <summary>Variables that are made of secrets.</summary>
    public EquatableList<SecretVariable> SecretEnvironment { get; init; }

    /// <summary><c>user[:group]</c>, by name or number.</summary>
    public string? User { get; init; }

    public EquatableList<string> GroupAdd { get; init; }

    public string? WorkingDirectory { get; init; }

    public bool Tty { get; init; }

    public bool StdinOpen { get; init; }

    /// <summary>A tiny init as process 1 that forwards signals and reaps.</summary>
    public bool? Init { get; init; }

    public string? StopSignal { get; init; }

    public TimeSpan? StopGrace { get; init; }
}

/// <summary>The engine's own restart; Davit usually restarts by itself and leaves this at <see cref="Never"/>.</summary>
public sealed record RestartPolicy(RestartKind Kind, int MaximumRetries = 0)
{
    public static RestartPolicy Never { get; } = new(RestartKind.No);
}

public enum RestartKind
{
    No,
    Always,
    OnFailure,
    UnlessStopped,
}

/// <summary>A command run inside the instance.</summary>
/// <param name="Test">Compose form: <c>CMD …</c>, <c>CMD-SHELL text</c> or <c>NONE</c>.</param>
public sealed record HealthCheckSpec(EquatableList<string> Test)
{
    public TimeSpan? Interval { get; init; }

    public TimeSpan? Timeout { get; init; }

    public TimeSpan? StartPeriod { get; init; }

    /// <summary>Only engines from API 1.44 know it; older ones ignore it, which changes speed but no verdict.</summary>
    public TimeSpan? StartInterval { get; init; }

    public int? Retries { get; init; }
}

/// <summary>Where the engine keeps output. Null means the driver's own choice, from which logs can be read back.</summary>
public sealed record LogSpec(string Driver, EquatableMap Options);
