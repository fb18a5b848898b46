namespace Davit.Wire;

/// <summary>One way in which the world is not as Davit left it.</summary>
/// <param name="Kind"><c>instance</c>, <c>network</c>, <c>volume</c> or <c>edge</c>.</param>
/// <param name="Left">How it was left.</param>
/// <param name="Found">How it was found.</param>
public sealed record DifferenceView(string Kind, string Name, string Left, string Found);

/// <param name="Policy"><c>repair</c> or <c>report</c>.</param>
public sealed record DriftView(string App, string Env, string Policy, DateTimeOffset SeenAt, IReadOnlyList<DifferenceView> Differences);

/// <param name="Policy"><c>repair</c> what others changed, or only <c>report</c> it.</param>
public sealed record DriftPolicyRequest(string Policy);

/// <summary>A right to act that one davitd holds now.</summary>
public sealed record LeaseView(string Name, string Holder, long Fence, DateTimeOffset TakenAt, DateTimeOffset ExpiresAt);

/// <summary>Something that is being done outside of the database now.</summary>
public sealed record EffectView(string Name, string Subject, string Env, string? Deployment, string Holder, long Fence, DateTimeOffset BeganAt);

/// <summary>A deployment that has not ended.</summary>
/// <param name="Env">Its environment's id.</param>
/// <param name="IsStuck">Its phase is past its deadline, or nobody works on it.</param>
public sealed record UnfinishedView(string Deployment, string Env, string Phase, string Detail, DateTimeOffset Since, DateTimeOffset? Deadline, string Holder, bool IsStuck);

/// <param name="Leader">Who decides and applies now; null when nobody does.</param>
/// <param name="Answered">Which davitd answered.</param>
public sealed record ReconcileView(LeaseView? Leader, string Answered, DateTimeOffset SeenAt)
{
    /// <summary>Releases in the making, and by whom.</summary>
    public IReadOnlyList<LeaseView> Makings { get; init; } = [];

    public IReadOnlyList<EffectView> Effects { get; init; } = [];

    public IReadOnlyList<UnfinishedView> Unfinished { get; init; } = [];
}
