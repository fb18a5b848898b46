using Davit.Model;
using Davit.Planning.Rollouts;

namespace Davit.ControlPlane.Reconciling;

/// <summary>The record of a deployment's phases. Pure: each call gives the next list.</summary>
internal static class PhaseLog
{
    private static readonly Dictionary<Phase, TimeSpan> Deadlines = new()
    {
        [Phase.Queued] = TimeSpan.FromHours(24),
        [Phase.Sourcing] = TimeSpan.FromMinutes(10),
        [Phase.Building] = TimeSpan.FromMinutes(60),
        [Phase.Publishing] = TimeSpan.FromMinutes(15),
        [Phase.Gating] = TimeSpan.FromSeconds(60),
        [Phase.Preparing] = TimeSpan.FromMinutes(15),
        [Phase.Migrating] = TimeSpan.FromMinutes(60),
        [Phase.Starting] = TimeSpan.FromMinutes(10),
        [Phase.Switching] = TimeSpan.FromMinutes(10),
        [Phase.Verifying] = TimeSpan.FromMinutes(5),
        [Phase.Finishing] = TimeSpan.FromMinutes(60),
        [Phase.Draining] = TimeSpan.FromMinutes(6),
    };

    public static IReadOnlyList<PhaseRecord> Fresh { get; } = [.. Enum.GetValues<Phase>().Select(p => new PhaseRecord(p, PhaseStatus.Pending))];

    /// <summary>The phase runs; everything before it is over.</summary>
    public static IReadOnlyList<PhaseRecord> Enter(IReadOnlyList<PhaseRecord> phases, Phase phase, string detail, string holder, DateTimeOffset now) =>
    [
        .. phases.Select(p => p.Phase < phase ? Close(p, now)
            : p.Phase == phase ? Begun(p, now) with { Status = PhaseStatus.Running, Detail = detail, Holder = holder }
            : p),
    ];

    /// <summary>One that began in the future begins now: the clock was set back, and its deadline would never come.</summary>
    private static PhaseRecord Begun(PhaseRecord phase, DateTimeOffset now) => phase.StartedAt?.IsAhead(now) is true
        ? phase with { StartedAt = now, Deadline = now + Deadlines[phase.Phase] }
        : phase with { StartedAt = phase.StartedAt ?? now, Deadline = phase.Deadline ?? now + Deadlines[phase.Phase] };

    public static IReadOnlyList<PhaseRecord> Skip(IReadOnlyList<PhaseRecord> phases, Phase phase, string why) =>
        [.. phases.Select(p => p.Phase == phase && p.Status is PhaseStatus.Pending ? p with { Status = PhaseStatus.Skipped, Detail = why } : p)];

    /// <summary>The running phase ends as given; what was still to come is skipped.</summary>
    public static IReadOnlyList<PhaseRecord> End(IReadOnlyList<PhaseRecord> phases, PhaseStatus status, string detail, DateTimeOffset now) =>
    [
        .. phases.Select(p => p.Status switch
        {
            PhaseStatus.Running => p with { Status = status, EndedAt = now, Detail = detail is "" ? p.Detail : detail },
            PhaseStatus.Pending => p with { Status = PhaseStatus.Skipped, Detail = status is PhaseStatus.Done ? "nothing to do" : "an earlier phase did not succeed" },
            PhaseStatus.Done or PhaseStatus.Failed or PhaseStatus.Skipped or PhaseStatus.Cancelled => p,
        }),
    ];

    /// <summary>Time that was waited for on purpose counts against no phase.</summary>
    public static IReadOnlyList<PhaseRecord> Renew(IReadOnlyList<PhaseRecord> phases, DateTimeOffset now) =>
        [.. phases.Select(p => p.Status is PhaseStatus.Running ? p with { Deadline = now + Deadlines[p.Phase] } : p.Status is PhaseStatus.Done ? p with { Deadline = null } : p)];

    /// <summary>The phase that has run out of time, if any.</summary>
    public static PhaseRecord? Overdue(IReadOnlyList<PhaseRecord> phases, DateTimeOffset now) =>
        phases.FirstOrDefault(p => p.Status is PhaseStatus.Running && p.Deadline is { } deadline && now >= deadline);

    private static PhaseRecord Close(PhaseRecord phase, DateTimeOffset now) => phase.Status switch
    {
        PhaseStatus.Running => phase with { Status = PhaseStatus.Done, EndedAt = now },
        PhaseStatus.Pending => phase with { Status = PhaseStatus.Skipped, Detail = "nothing to do" },
        PhaseStatus.Done or PhaseStatus.Failed or PhaseStatus.Skipped or PhaseStatus.Cancelled => phase,
    };
}
