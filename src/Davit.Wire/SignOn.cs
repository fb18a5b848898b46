namespace Davit.Wire;

/// <summary>What the members of a provider's group become in the org.</summary>
/// <param name="Role">A built-in role other than owner.</param>
/// <param name="Team">The name or id of a team.</param>
public sealed record GroupMapping(string Group, string? Role = null, string? Team = null);

/// <summary>An identity provider (OpenID Connect) that people may sign on with.</summary>
/// <param name="Issuer">Exactly as the provider writes it, such as <c>https://id.example.com</c>.</param>
/// <param name="ExpectedVersion">The version the change was made for; left out for a new one.</param>
public sealed record ProviderRequest(string Issuer, string ClientId, long? ExpectedVersion = null)
{
    /// <summary>Written, never read back; the one that is there stays when it is left out.</summary>
    public string? ClientSecret { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = ["openid", "email", "profile"];

    /// <summary>Mail domains whose people get accounts, or are linked to theirs.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>Makes accounts for people of these domains who have none.</summary>
    public bool Creates { get; init; }

    /// <summary>Links accounts of these domains that belong to this org alone, by the verified address.</summary>
    public bool LinksVerified { get; init; }

    /// <summary>For people of no mapped group; they are not let in when it is left out.</summary>
    public string? DefaultRole { get; init; }

    public string GroupsClaim { get; init; } = "groups";

    /// <summary>Believes what the provider says of second factors.</summary>
    public bool TrustsFactors { get; init; }

    public IReadOnlyList<GroupMapping> Mappings { get; init; } = [];
}

public sealed record ProviderView(string Id, string Name, string Issuer, string ClientId, bool HasSecret, long Version, DateTimeOffset CreatedAt)
{
    public IReadOnlyList<string> Scopes { get; init; } = [];

    public IReadOnlyList<string> Domains { get; init; } = [];

    public bool Creates { get; init; }

    public bool LinksVerified { get; init; }

    public string? DefaultRole { get; init; }

    public string GroupsClaim { get; init; } = "groups";

    public bool TrustsFactors { get; init; }

    public IReadOnlyList<GroupMapping> Mappings { get; init; } = [];
}

/// <summary>An identity that opens one's account.</summary>
public sealed record IdentityView(string Id, string Org, string Provider, DateTimeOffset CreatedAt, DateTimeOffset? UsedAt);

/// <param name="Address">To be opened in the browser that asked.</param>
public sealed record SignOnBegun(string Address);

/// <param name="Principal">The service principal that tokens are given of.</param>
/// <param name="Issuer">Who signs the tokens that are exchanged, such as <c>https://token.actions.githubusercontent.com</c>.</param>
/// <param name="Audience">Whom they must be for.</param>
/// <param name="Claims">What they must say besides; <c>*</c> stands for any run of characters.</param>
public sealed record TrustRequest(string Name, string Principal, string Issuer, string Audience, IReadOnlyDictionary<string, string> Claims)
{
    /// <summary>A role whose permissions the tokens are confined to; all that the principal may when left out.</summary>
    public string? Role { get; init; }

    /// <summary>What they are confined to: an id, or <c>project/app/env</c> by name.</summary>
    public string? On { get; init; }

    /// <summary>How long they last: 60 to 3600.</summary>
    public int LifeSeconds { get; init; } = 900;
}

public sealed record TrustView(string Id, string Name, string Principal, string Issuer, string Audience, IReadOnlyDictionary<string, string> Claims, string? Role, string? On, int LifeSeconds, long Version, DateTimeOffset CreatedAt);
