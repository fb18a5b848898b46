namespace Davit.Wire;

/// <summary>What an org lets its callers do.</summary>
/// <param name="ReadsPerMinute">Of each token; 0 is without limit. The whole org may do ten times as much.</param>
/// <param name="Networks">Where requests may come from; everywhere when it is empty.</param>
public sealed record OrgLimitsView(long ReadsPerMinute, long WritesPerMinute, IReadOnlyList<string> Networks, long Version)
{
    /// <summary>What nobody has set and is the server's own.</summary>
    public IReadOnlyList<string> Usual { get; init; } = [];
}

/// <summary>What is left away stays as it is.</summary>
public sealed record OrgLimitsRequest(long? ExpectedVersion = null)
{
    public long? ReadsPerMinute { get; init; }

    public long? WritesPerMinute { get; init; }

    public IReadOnlyList<string>? Networks { get; init; }

    /// <summary>Set the networks although the caller's own is not among them.</summary>
    public bool ConfirmLockout { get; init; }
}

/// <param name="Limit">Null is unlimited.</param>
/// <param name="Unit"><c>""</c> for what is counted, <c>millicores</c> or <c>bytes</c>.</param>
public sealed record QuotaView(string Dimension, long? Limit, long Used, string Unit);

public sealed record QuotasView(IReadOnlyList<QuotaView> Items, long Version);

/// <param name="Limits">New limits by dimension; null is unlimited. What is not named stays as it is.</param>
public sealed record QuotasRequest(IReadOnlyDictionary<string, long?> Limits, long? ExpectedVersion = null);
