namespace Davit.Model;

/// <summary>The steps every deployment goes through, in order. A phase that does not apply is skipped with a reason.</summary>
public enum Phase
{
    Queued,
    Sourcing,
    Building,
    Publishing,
    Gating,
    Preparing,
    Migrating,
    Starting,
    Switching,
    Verifying,
    Finishing,
    Draining,
}

public enum PhaseStatus
{
    Pending,
    Running,
    Done,
    Failed,
    Skipped,
    Cancelled,
}

/// <summary>What one phase of one deployment did and when.</summary>
/// <param name="Detail">Progress while it runs; afterwards the reason it was skipped, failed or cancelled.</param>
/// <param name="Holder">Which davitd ran it last, and under which fence; "" before it ran.</param>
public sealed record PhaseRecord(
    Phase Phase, PhaseStatus Status, DateTimeOffset? StartedAt = null, DateTimeOffset? EndedAt = null, DateTimeOffset? Deadline = null, string Detail = "", string Holder = "");
