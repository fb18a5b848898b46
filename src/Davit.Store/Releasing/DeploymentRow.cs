using Davit.Model;

namespace Davit.Store.Releasing;

/// <summary>One move of one environment: what was asked, what was made of it, and where it stands.</summary>
public sealed record DeploymentRow
{
    public required DeploymentId Id { get; init; }

    public required OrgId OrgId { get; init; }

    public required EnvId EnvId { get; init; }

    public required int Number { get; init; }

    /// <summary><c>deploy</c>, <c>rollback</c>, <c>restart</c> or <c>config</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Where the release comes from: an upload, an image, a repository, a former deployment. A JSON object.</summary>
    public required string Source { get; init; }

    public ReleaseId? ReleaseId { get; init; }

    /// <summary>What the planner works towards; a JSON object once the release is made.</summary>
    public string? Wish { get; init; }

    public required DeploymentState State { get; init; }

    public required IReadOnlyList<PhaseRecord> Phases { get; init; }

    /// <summary>What has happened once and must not happen again: commands that ran, the switch. A JSON object.</summary>
    public required string Facts { get; init; }

    public string? PlanHash { get; init; }

    public required string Actor { get; init; }

    public required string RequestId { get; init; }

    public required string Reason { get; init; }

    public string? CancelBy { get; init; }

    /// <summary>What whoever deploys may ask the runtime for, as permissions.</summary>
    public string[] Allowances { get; init; } = [];

    public required long Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}
