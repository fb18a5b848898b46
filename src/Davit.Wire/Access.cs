namespace Davit.Wire;

/// <param name="Role">A built-in role; empty when grants alone count.</param>
public sealed record MemberView(string Id, string Email, string Name, string Role, bool IsSuspended, bool HasSecondFactor, IReadOnlyList<string> Teams, long Version, DateTimeOffset CreatedAt, DateTimeOffset? LastSeenAt);

/// <param name="ExpectedVersion">The version the change was made for; without it the change is refused.</param>
public sealed record MemberUpdate(long? ExpectedVersion = null)
{
    public string? Role { get; init; }

    public bool? Suspended { get; init; }
}

public sealed record InvitationRequest(string Email, string Role = "member")
{
    public IReadOnlyList<string> Teams { get; init; } = [];
}

public sealed record InvitationView(string Id, string Email, string Role, IReadOnlyList<string> Teams, string InvitedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

/// <param name="Token">Shown this once; whoever has it and the address may join.</param>
public sealed record InvitationMade(InvitationView Invitation, string Token);

/// <param name="Name">For people who are new to the installation.</param>
/// <param name="Password">For people who are new to the installation; the present one for others.</param>
/// <param name="Code">The second factor of people who have one.</param>
public sealed record JoinRequest(string Token, string Email, string Name, string Password, string? Code = null);

public sealed record TeamView(string Id, string Name, string Description, string? Parent, int Members, long Version, DateTimeOffset CreatedAt);

/// <param name="Parent">The team that it stands under.</param>
public sealed record TeamRequest(string Name, string Description = "", string? Parent = null);

public sealed record TeamMemberView(string Id, string Email, string Name, bool IsLead);

public sealed record TeamMemberRequest(bool Lead = false);

/// <param name="IsBuiltIn">Every org has it, and it cannot be changed.</param>
public sealed record RoleView(string Id, string Name, string Description, IReadOnlyList<string> Permissions, bool IsBuiltIn, long Version);

public sealed record RoleRequest(string Name, IReadOnlyList<string> Permissions, string Description = "");

/// <param name="ExpectedVersion">The version the change was made for; without it the change is refused.</param>
public sealed record RoleUpdate(long? ExpectedVersion = null)
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<string>? Permissions { get; init; }
}

/// <param name="Level">The narrowest scope that it means anything on.</param>
/// <param name="Roles">The built-in roles that hold it.</param>
public sealed record PermissionView(string Name, string Purpose, string Level, bool IsRead, bool IsHighRisk, IReadOnlyList<string> Roles);

/// <param name="To">A member's address, or the name or id of a team or service principal.</param>
/// <param name="Kind"><c>user</c>, <c>team</c> or <c>service</c>.</param>
/// <param name="Role">A built-in role or one of the org.</param>
/// <param name="On">The id of an org, project, app or environment, or <c>project/app/env</c> by name; the org when left out.</param>
public sealed record GrantRequest(string To, string Role, string Kind = "user", string? On = null)
{
    public bool Deny { get; init; }

    /// <summary>Its writes hold in protected environments too.</summary>
    public bool Protected { get; init; }

    public bool SecondFactor { get; init; }

    public IReadOnlyList<string> Networks { get; init; } = [];

    public string Reason { get; init; } = "";

    public DateTimeOffset? ExpiresAt { get; init; }
}

public sealed record GrantView(string Id, string To, string Kind, string Role, string On, bool Deny, bool Protected, string GrantedBy, string Reason, DateTimeOffset? ExpiresAt, DateTimeOffset CreatedAt)
{
    public bool SecondFactor { get; init; }

    public IReadOnlyList<string> Networks { get; init; } = [];
}

/// <param name="By">The grant that decides; null when there is none.</param>
/// <param name="Lesser">The least built-in role that would allow it; null when it is allowed, or no role would.</param>
public sealed record AccessVerdict(string Who, string Permission, string On, bool Allowed, string Why, string? By, string? Lesser);

/// <summary>Who may do something on something.</summary>
public sealed record AccessHolder(string Id, string Who, string Kind, string By);

public sealed record TokenRequest(string Name)
{
    /// <summary>The name or id of a service principal; for oneself when left out.</summary>
    public string? Principal { get; init; }

    /// <summary>All that its owner may when left out.</summary>
    public IReadOnlyList<string>? Permissions { get; init; }

    /// <summary>What it is confined to: an id, or <c>project/app/env</c> by name.</summary>
    public string? Within { get; init; }

    /// <summary>Networks that it may be shown from; any when empty.</summary>
    public IReadOnlyList<string> Networks { get; init; } = [];

    /// <summary>90 days from now when left out.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

public sealed record JwtRequest(string Name)
{
    /// <summary>Who is to take it; this installation when left out. One that is for others is refused here.</summary>
    public string? Audience { get; init; }

    /// <summary>The name or id of a service principal; for oneself when left out.</summary>
    public string? Principal { get; init; }

    /// <summary>All that its owner may when left out.</summary>
    public IReadOnlyList<string>? Permissions { get; init; }

    /// <summary>What it is confined to: an id, or <c>project/app/env</c> by name.</summary>
    public string? Within { get; init; }

    /// <summary>Networks that it may be shown from; any when empty.</summary>
    public IReadOnlyList<string> Networks { get; init; } = [];

    /// <summary>12 hours from now when left out, and at most.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

public sealed record TokenView(string Id, string Name, string Owner, string Hint, IReadOnlyList<string>? Permissions, string? Within, IReadOnlyList<string> Networks, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt)
{
    /// <summary><c>opaque</c>, or <c>jwt</c> for one that others can check by themselves.</summary>
    public string Format { get; init; } = "opaque";
}

/// <param name="Secret">The token itself, shown this once.</param>
public sealed record TokenMade(TokenView Token, string Secret);

public sealed record PrincipalView(string Id, string Name, string Description, long Version, DateTimeOffset CreatedAt);

public sealed record ProtectionRequest(bool Protected);

/// <param name="Csv">A header with <c>email</c> and, if wanted, <c>role</c> and <c>team</c>, then a line for each person; several teams with semicolons.</param>
public sealed record InvitationImportRequest(string Csv)
{
    /// <summary>Only say what would happen.</summary>
    public bool DryRun { get; init; }
}

/// <param name="Line">Where the person stands in the text, counted from one.</param>
public sealed record InvitationImportLine(int Line, string Email, string Role, IReadOnlyList<string> Teams)
{
    public string? Id { get; init; }

    /// <summary>Shown this once; null when nobody was invited.</summary>
    public string? Token { get; init; }
}

public sealed record InvitationImportView(IReadOnlyList<InvitationImportLine> Items, bool DryRun);

/// <param name="ExpectedVersion">The version the change was made for; without it the change is refused.</param>
public sealed record OrgUpdate(string Name, long? ExpectedVersion = null);
