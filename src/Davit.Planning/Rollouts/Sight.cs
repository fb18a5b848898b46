using System.Collections.Immutable;
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Planning.Rollouts;

/// <summary>What was seen of one environment a moment ago. Nothing here is a wish.</summary>
public sealed record Sight(DateTimeOffset At)
{
    public EquatableList<InstanceSeen> Instances { get; init; }

    /// <summary>Names of instances that are being taken away already; nothing of the wish is theirs any more.</summary>
    public ImmutableHashSet<string> Leaving { get; init; } = [];

    public ImmutableHashSet<string> Networks { get; init; } = [];

    public ImmutableHashSet<string> Volumes { get; init; } = [];

    public EdgeSeen Edge { get; init; } = new("");

    /// <summary>Kept content that the wish uses and that is not as it was released.</summary>
    public EquatableList<DamagedTree> Damaged { get; init; }

    public IEnumerable<InstanceSeen> Of(string service) => Instances.Where(i => i.Service == service);
}

/// <param name="SpecHash">What it was made from; equal to a service's hash when it is what that service wants.</param>
public sealed record InstanceSeen(string Name, string Service, string SpecHash, InstanceCondition Condition)
{
    public InstanceId Id { get; init; }

    public ReleaseId Release { get; init; }

    public int Ordinal { get; init; }

    /// <summary>"" while it has none.</summary>
    public string Address { get; init; } = "";

    public int Restarts { get; init; }

    /// <summary>How often in a row we started it again after it had ended, and when last.</summary>
    public int Revivals { get; init; }

    public DateTimeOffset? RevivedAt { get; init; }

    /// <summary>Over everything of it that can be changed; see the driver.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>What somebody else did to it; "" when it is as it was made.</summary>
    public string Tampering { get; init; } = "";

    public bool IsReady => Condition is InstanceCondition.Ready;

    public bool IsUp => Condition is InstanceCondition.Ready or InstanceCondition.Unready;
}

/// <summary>A directory or file of a release whose bytes are not those that were released.</summary>
/// <param name="Service">One that serves or mounts it.</param>
/// <param name="Found"><c>missing</c> or <c>changed</c>.</param>
/// <param name="CanRestore">There is a packed copy of it.</param>
public sealed record DamagedTree(string Digest, string Service, string Found, bool CanRestore);

/// <summary>What an instance does. Closed.</summary>
public abstract record InstanceCondition
{
    private InstanceCondition()
    {
    }

    /// <summary>Exists and was never started.</summary>
    public sealed record Created : InstanceCondition;

    /// <summary>Runs, and its check has not said yes (or says no now).</summary>
    public sealed record Unready(DateTimeOffset Since, string Why) : InstanceCondition;

    public sealed record Ready(DateTimeOffset Since) : InstanceCondition;

    /// <summary>Ended, and the engine is about to start it again.</summary>
    public sealed record Restarting(int ExitCode) : InstanceCondition;

    public sealed record Ended(int ExitCode, bool OutOfMemory, DateTimeOffset At, string Error) : InstanceCondition;

    public sealed override string ToString() => this switch
    {
        Created => "created",
        Unready s => s.Why is "" ? "starting" : $"not ready ({s.Why})",
        Ready => "ready",
        Restarting s => $"restarting after exit {s.ExitCode}",
        Ended s => s.OutOfMemory ? "out of memory" : $"ended with exit {s.ExitCode}",
    };
}

/// <param name="Slice">The hash of the slice in force, "" when the edge serves nothing of the environment.</param>
public sealed record EdgeSeen(string Slice)
{
    /// <summary>Instances that are in the table.</summary>
    public ImmutableHashSet<string> Routed { get; init; } = [];

    /// <summary>Instances that left the table and still have something in flight.</summary>
    public ImmutableHashSet<string> Draining { get; init; } = [];

    /// <summary><c>paused</c> or <c>maintenance</c>; "" while requests are answered.</summary>
    public string Traffic { get; init; } = "";

    public string TrafficMessage { get; init; } = "";

    /// <summary>The edge answers. What it serves is unknown otherwise, so nothing it may serve is taken away.</summary>
    public bool IsReachable { get; init; } = true;
}
