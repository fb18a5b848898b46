using Davit.Model;

namespace Davit.Store.People;

public sealed record UserRow
{
    public required UserId Id { get; init; }

    public required string Email { get; init; }

    public required string Name { get; init; }

    /// <summary>The hash; null for those who only sign in elsewhere.</summary>
    public string? Password { get; init; }

    public string[] Passwords { get; init; } = [];

    public required bool IsOperator { get; init; }

    public byte[]? Totp { get; init; }

    public bool TotpConfirmed { get; init; }

    public long TotpStep { get; init; }

    public required long Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

public sealed record MemberRow
{
    public required UserId UserId { get; init; }

    public required string Email { get; init; }

    public required string Name { get; init; }

    public required string Role { get; init; }

    public required DateTimeOffset? SuspendedAt { get; init; }

    public required bool HasSecondFactor { get; init; }

    public required string[] Teams { get; init; }

    public required long Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset? LastSeenAt { get; init; }
}

public sealed record SessionRow
{
    public required SessionId Id { get; init; }

    public required UserId UserId { get; init; }

    public required string Kind { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required DateTimeOffset EndsAt { get; init; }

    public required bool HasSecondFactor { get; init; }

    /// <summary>When a password or factor was shown last.</summary>
    public required DateTimeOffset ProvenAt { get; init; }

    public required string Address { get; init; }

    public required string Device { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastUsedAt { get; init; }

    /// <summary>The org whose provider opened it: it reaches that one alone. Null for one's own sign-in.</summary>
    public OrgId? OrgId { get; init; }

    public ProviderId? ProviderId { get; init; }
}

public sealed record InvitationRow
{
    public required InvitationId Id { get; init; }

    public required OrgId OrgId { get; init; }

    public required string Email { get; init; }

    public required string Role { get; init; }

    public required Guid[] Teams { get; init; }

    public required string InvitedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required DateTimeOffset? AcceptedAt { get; init; }

    public required DateTimeOffset? RevokedAt { get; init; }
}

public sealed record TeamRow
{
    public required TeamId Id { get; init; }

    public required TeamId? ParentId { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    public required int Members { get; init; }

    public required long Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

public sealed record RoleRow
{
    public required RoleId Id { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    public required string[] Permissions { get; init; }

    public required long Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

public sealed record ServicePrincipalRow
{
    public required ServicePrincipalId Id { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    public required long Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
