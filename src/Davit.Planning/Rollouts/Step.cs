using Davit.Model;
using Davit.Planning.Canaries;

namespace Davit.Planning.Rollouts;

/// <summary>One thing to do to the world. Every step names its target, so repeating it changes nothing. Closed.</summary>
public abstract record Step
{
    private Step()
    {
    }

    /// <summary>A repeat finds the network by its name.</summary>
    public sealed record EnsureNetwork(string Name) : Step;

    /// <summary>A repeat finds the volume by its name and leaves its data alone.</summary>
    public sealed record EnsureVolume(string Name) : Step;

    /// <summary>A repeat adopts the instance of that name.</summary>
    public sealed record Start(string Service, string Instance, int Ordinal) : Step;

    /// <summary>Starts an instance that exists and does not run; a repeat finds it running.</summary>
    /// <param name="InARow">How often in a row it ended soon after it had been started, this time included; 0 when it never ran.</param>
    public sealed record Revive(string Instance, int InARow) : Step;

    /// <summary>Not repeatable by nature: it is written down before it begins, and a second look refuses to run it again.</summary>
    public sealed record RunCommand(string Command) : Step;

    /// <summary>The edge recognises the slice by its hash; a repeat gets the same answer.</summary>
    public sealed record Switch(Slice To) : Step;

    /// <summary>Stops and keeps it, so that it can be started again when the new one fails. A stopped one stays stopped.</summary>
    public sealed record Stop(string Instance) : Step;

    /// <summary>Puts content back as it was released; a repeat finds every file right.</summary>
    public sealed record RestoreTree(string Digest, string Service) : Step;

    /// <summary>Stops and removes; a repeat finds nothing left to do.</summary>
    public sealed record Retire(string Instance) : Step;

    public sealed record RemoveNetwork(string Name) : Step;

    public sealed record RemoveVolume(string Name) : Step;

    public sealed override string ToString() => this switch
    {
        EnsureNetwork s => $"create network {s.Name}",
        EnsureVolume s => $"create volume {s.Name}",
        Start s => $"start {s.Instance}",
        Revive s => $"start {s.Instance} again",
        RunCommand s => $"run release command {s.Command}",
        Switch { To.Routes.Count: 0 } => "take the environment out of the edge's table",
        Switch { To.Percent: { } percent } s => $"switch {percent} % of clients from {s.To.Release} to the new release",
        Switch s => $"switch traffic to {s.To.Release}",
        Stop s => $"stop {s.Instance}",
        RestoreTree s => $"restore the files of {s.Service}",
        Retire s => $"drain, stop and remove {s.Instance}",
        RemoveNetwork s => $"remove network {s.Name}",
        RemoveVolume s => $"remove volume {s.Name}",
    };
}

/// <summary>What to do now. Closed, so nobody can take "nothing to do" for "nothing to do yet".</summary>
public abstract record Plan
{
    private Plan()
    {
    }

    /// <summary>The steps are safe now, in this order; the world is looked at again afterwards.</summary>
    public sealed record Act(Phase Phase, string Because, IReadOnlyList<Step> Now) : Plan;

    public sealed record Wait(Phase Phase, string For) : Plan;

    public sealed record GiveUp(Failure Why) : Plan;

    public sealed record Settled : Plan;

    public IReadOnlyList<Step> Steps => this switch
    {
        Act a => a.Now,
        Wait or GiveUp or Settled => [],
    };
}

/// <summary>Why a rollout cannot reach its wish. Closed; the control plane turns it into a problem with the evidence at hand.</summary>
public abstract record Failure
{
    private Failure()
    {
    }

    public sealed record InstanceEnded(string Service, string Instance, int ExitCode, bool OutOfMemory, string Error) : Failure;

    public sealed record NeverReady(string Service, string Instance, TimeSpan Waited, string Why) : Failure;

    /// <summary>The edge could not reach the new instances; its last refusal says why.</summary>
    public sealed record NotSwitched(TimeSpan Waited) : Failure;

    /// <summary>A phase did not end within its deadline.</summary>
    public sealed record PhaseTooSlow(Phase Phase, TimeSpan Deadline) : Failure;

    /// <summary>The edge's counts say that the new release is worse than the one that serves.</summary>
    public sealed record CanaryWorse(string Why, SplitCounts Counts) : Failure;

    public sealed record CommandFailed(string Command, int ExitCode) : Failure;

    /// <summary>It was started, and nobody knows how it ended.</summary>
    public sealed record CommandUnknown(string Command) : Failure;

    public sealed record CommandTooSlow(string Command, TimeSpan Deadline) : Failure;
}
