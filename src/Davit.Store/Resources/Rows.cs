using Davit.Model;

namespace Davit.Store.Resources;

public sealed record OrgRow
{
    public required OrgId Id { get; init; }

    public required string Name { get; init; }

    public required long Version { get; init; }

    /// <summary>From when on everybody in it needs a second factor; null is never.</summary>
    public DateTimeOffset? SecondFactorFrom { get; init; }

    public DateTimeOffset? SuspendedAt { get; init; }

    public string SuspendedFor { get; init; } = "";

    public DateTimeOffset? DeletedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

public sealed record ProjectRow
{
    public required ProjectId Id { get; init; }

    public required OrgId OrgId { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    public required long Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

public sealed record AppRow
{
    public required AppId Id { get; init; }

    public required OrgId OrgId { get; init; }

    public required ProjectId ProjectId { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    public required long Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

public sealed record EnvRow
{
    public required EnvId Id { get; init; }

    public required OrgId OrgId { get; init; }

    public required AppId AppId { get; init; }

    public required string AppName { get; init; }

    public required string ProjectName { get; init; }

    public required string Name { get; init; }

    public required long Version { get; init; }

    public required DeploymentId? ServingId { get; init; }

    public required IReadOnlyDictionary<string, int> Scale { get; init; }

    public required bool Stopped { get; init; }

    public required bool Deleting { get; init; }

    /// <summary>Writes need more than a grant on what it lies in.</summary>
    public bool IsProtected { get; init; }

    /// <summary><c>repair</c> what others changed, or only <c>report</c> it.</summary>
    public required string DriftPolicy { get; init; }

    /// <summary>Somebody who stops or deletes it wants everything of it gone, also what others changed.</summary>
    public bool OnlyReportsDrift => DriftPolicy is "report" && !Stopped && !Deleting;

    /// <summary>Volumes that nothing may run on now, because they are read or written as a whole.</summary>
    public string[] HeldVolumes { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }
}
