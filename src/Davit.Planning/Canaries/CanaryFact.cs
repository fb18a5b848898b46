using Davit.Planning.Instances;
using Davit.Planning.Wishes;

namespace Davit.Planning.Canaries;

public enum CanaryState
{
    Running,

    /// <summary>The share stays as it is until somebody resumes, promotes or aborts.</summary>
    Paused,

    /// <summary>The new release may have all traffic.</summary>
    Promoted,

    /// <summary>The old release keeps serving.</summary>
    Aborted,
}

/// <summary>How far a canary is and what has been counted; written down after each look, so that whoever leads next goes on from there.</summary>
/// <param name="Step">The step it is at, counted from 0.</param>
public sealed record CanaryFact(CanaryState State, int Step)
{
    public static CanaryFact Begin { get; } = new(CanaryState.Running, 0);

    /// <summary>Since when the step's share is served; null while the edge has not said so.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Why it is paused, promoted or aborted.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What the edge's counters said last.</summary>
    public SplitCounts Seen { get; init; } = SplitCounts.None;

    /// <summary>What was counted since the canary began, over restarts of the edge.</summary>
    public SplitCounts Total { get; init; } = SplitCounts.None;

    /// <summary>The evidence of this step that the new release fails more often.</summary>
    public EquatableList<double> Errors { get; init; } = SequentialTest.Begin;

    /// <summary>The evidence of this step that the new release is slow more often.</summary>
    public EquatableList<double> Slow { get; init; } = SequentialTest.Begin;

    /// <summary>The edge serves the step's share from now on; being told so again, as when an instance was replaced, begins nothing anew.</summary>
    public CanaryFact Served(DateTimeOffset at) => Since is null ? this with { Since = at } : this;

    /// <summary>The step's time begins anew.</summary>
    public CanaryFact Resume(DateTimeOffset now) => this with { State = CanaryState.Running, Reason = "", Since = Since is null ? null : now };

    public CanaryFact Pause(string why) => this with { State = CanaryState.Paused, Reason = why };

    public CanaryFact Promote(string why) => this with { State = CanaryState.Promoted, Reason = why };

    public CanaryFact Abort(string why) => this with { State = CanaryState.Aborted, Reason = why };

    /// <summary>The next step, or all of it after the last one. Each step is judged by itself, so that a good past does not excuse a bad present.</summary>
    public CanaryFact Next(TakeoverWish.Canary wish) => Step + 1 < wish.Steps.Count
        ? this with { Step = Step + 1, Since = null, Errors = SequentialTest.Begin, Slow = SequentialTest.Begin }
        : Promote("every step went well");
}
