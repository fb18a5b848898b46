namespace Davit.Drivers.Instances;

/// <summary>What the runtime says an instance does. Closed: every switch over it names every case.</summary>
public abstract record InstanceState
{
    private InstanceState()
    {
    }

    /// <summary>Exists, was never started.</summary>
    public sealed record Created : InstanceState;

    public sealed record Running(DateTimeOffset StartedAt, HealthVerdict Health) : InstanceState;

    public sealed record Paused(DateTimeOffset StartedAt) : InstanceState;

    /// <summary>Ended, and the runtime's own restart policy is about to start it again.</summary>
    public sealed record Restarting(int ExitCode) : InstanceState;

    /// <param name="ExitCode">128 + n when signal n ended it.</param>
    /// <param name="OomKilled">The kernel killed a process of it for memory.</param>
    /// <param name="StartedAt">When it began to run; null when it could not.</param>
    /// <param name="FinishedAt">When it ended.</param>
    public sealed record Exited(int ExitCode, bool OomKilled, DateTimeOffset? StartedAt, DateTimeOffset FinishedAt) : InstanceState
    {
        /// <summary>The runtime's text when it could not start it.</summary>
        public string? Error { get; init; }
    }

    /// <summary>Being removed, or could not be removed completely.</summary>
    public sealed record Removing : InstanceState;

    public bool IsRunning => this is Running or Paused or Restarting;

    public sealed override string ToString() => this switch
    {
        Created => "created",
        Running s => s.Health is HealthVerdict.None ? "running" : $"running ({s.Health.ToString().ToLowerInvariant()})",
        Paused => "paused",
        Restarting s => $"restarting after exit {s.ExitCode}",
        Exited s => $"exited {s.ExitCode}{(s.OomKilled ? " (out of memory)" : "")}",
        Removing => "removing",
    };
}

/// <summary>The runtime's own health check; None when there is no check.</summary>
public enum HealthVerdict
{
    None,
    Starting,
    Healthy,
    Unhealthy,
}

/// <summary>How a one-off command ended.</summary>
public sealed record RunOutcome(int ExitCode, bool OomKilled, DateTimeOffset StartedAt, DateTimeOffset FinishedAt);

/// <summary>One sample. Counters are totals since the start of the instance.</summary>
public sealed record InstanceStats(DateTimeOffset At, long CpuNanoseconds, long MemoryBytes, long MemoryLimitBytes)
{
    public long NetworkReceivedBytes { get; init; }

    public long NetworkSentBytes { get; init; }

    public long DiskReadBytes { get; init; }

    public long DiskWrittenBytes { get; init; }

    public long Pids { get; init; }
}
