using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.Access;

/// <summary>Whoever a token stands for: a person, a service principal, or the machine itself.</summary>
public sealed record TokenOwner
{
    public required KeyId Id { get; init; }

    public required OrgId OrgId { get; init; }

    public required string Actor { get; init; }

    public UserId? UserId { get; init; }

    public ServicePrincipalId? ServiceId { get; init; }

    /// <summary>The token that is made at first start: whoever can read its file runs the machine.</summary>
    public required bool IsHost { get; init; }

    /// <summary>Null for all that its owner may.</summary>
    public string[]? Permissions { get; init; }

    public string? WithinLevel { get; init; }

    public Guid? WithinId { get; init; }

    public required string[] Networks { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>The rule that it was given by, in exchange for somebody else's token.</summary>
    public TrustRuleId? TrustRuleId { get; init; }

    /// <summary>The provider that vouched for whoever made it.</summary>
    public ProviderId? ProviderId { get; init; }
}

/// <summary>A token as it is listed; the token itself is shown once, when it is made.</summary>
public sealed record TokenRow
{
    public required KeyId Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The address of the person, or the name of the service principal.</summary>
    public required string Owner { get; init; }

    public UserId? UserId { get; init; }

    /// <summary><c>opaque</c> or <c>jwt</c>.</summary>
    public required string Format { get; init; }

    /// <summary>How it begins; what follows <c>eyJ</c> is the same in all JWTs.</summary>
    public required string Hint { get; init; }

    public string[]? Permissions { get; init; }

    public string? WithinLevel { get; init; }

    public Guid? WithinId { get; init; }

    public required string[] Networks { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset? ExpiresAt { get; init; }

    public required DateTimeOffset? LastUsedAt { get; init; }
}

/// <summary>API tokens. Only the SHA-256 of a token is kept; the token itself has 256 random bits, so no salt is needed.</summary>
public static class TokenTable
{
    public const string Prefix = "davit_";

    private const int SecretLength = 43;
    private const int CheckLength = 6;

    /// <returns>
    /// A new token: a prefix that secret scanners know, 32 random bytes as base64url, and a check of them, by which a scanner, and
    /// this server without its database, can tell a token from what only looks like one.
    /// </returns>
    public static string Make()
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return $"{Prefix}{secret}{Check(secret)}";
    }

    /// <summary>It has the form of a token, and was not mistyped. Those that were made before there was a check have none.</summary>
    public static bool IsOne(string text) => text.StartsWith(Prefix, StringComparison.Ordinal) && (text.Length - Prefix.Length) switch
    {
        SecretLength => true,
        SecretLength + CheckLength => Check(text[Prefix.Length..^CheckLength]) == text[^CheckLength..],
        _ => false,
    };

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>The token of the machine itself.</summary>
    public static Task InsertHostAsync(Writing writing, KeyId id, string actor, string name, string token, CancellationToken ct) =>
        InsertAsync(writing, new TokenOwner { Id = id, OrgId = writing.Cause.Org, Actor = actor, IsHost = true, Networks = [] }, name, token, null, ct);

    /// <param name="expires">Null for a token that lasts until it is revoked.</param>
    /// <param name="isJwt">It is found by its id, once its signature has been checked.</param>
    public static async Task InsertAsync(Writing writing, TokenOwner owner, string name, string token, DateTimeOffset? expires, CancellationToken ct, bool isJwt = false)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            """
            insert into tokens (id, org_id, actor, name, hash, created_at, expires_at, user_id, service_id, is_host, permissions, within_level, within_id, networks, hint, format, trust_rule_id, provider_id)
            values (@Id, @Org, @Actor, @name, @hash, @At, @expires, @UserId, @ServiceId, @IsHost, @Permissions, @WithinLevel, @WithinId, @Networks, @hint, @format, @TrustRuleId, @ProviderId)
            """,
            new
            {
                owner.Id, writing.Cause.Org, owner.Actor, name, hash = Hash(token), writing.At, expires, owner.UserId, owner.ServiceId, owner.IsHost, owner.Permissions, owner.WithinLevel, owner.WithinId, owner.Networks,
                hint = token[..(Prefix.Length + 4)], format = isJwt ? "jwt" : "opaque", owner.TrustRuleId, owner.ProviderId,
            }, cancellationToken: ct));
        writing.Record(new("token.created", [owner.Id.ToString()], new() { ["name"] = name, ["actor"] = owner.Actor }));
    }

    public static Task<TokenOwner?> FindAsync(NpgsqlConnection db, string token, DateTimeOffset now, CancellationToken ct) => !IsOne(token) ? Task.FromResult<TokenOwner?>(null)
        : db.QuerySingleOrDefaultAsync<TokenOwner>(new CommandDefinition(
            """
            select id, org_id, actor, user_id, service_id, is_host, permissions, within_level, within_id, networks, last_used_at, provider_id from tokens
            where hash = @hash and format = 'opaque' and revoked_at is null and (expires_at is null or expires_at > @now)
              and not exists (select 1 from orgs o where o.id = tokens.org_id and o.deleted_at is not null)
            """, new { hash = Hash(token), now }, cancellationToken: ct));

    /// <summary>By what a JWT carries; only for one whose signature is right.</summary>
    public static Task<TokenOwner?> FindJwtAsync(NpgsqlConnection db, KeyId id, DateTimeOffset now, CancellationToken ct) => db.QuerySingleOrDefaultAsync<TokenOwner>(new CommandDefinition(
        """
        select id, org_id, actor, user_id, service_id, is_host, permissions, within_level, within_id, networks, last_used_at, provider_id from tokens
        where id = @id and format = 'jwt' and revoked_at is null and expires_at > @now
          and not exists (select 1 from orgs o where o.id = tokens.org_id and o.deleted_at is not null)
        """, new { id, now }, cancellationToken: ct));

    public static Task TouchAsync(NpgsqlConnection db, KeyId id, DateTimeOffset now, CancellationToken ct) => db.ExecuteAsync(new CommandDefinition(
        "update tokens set last_used_at = @now where id = @id", new { id, now }, cancellationToken: ct));

    /// <param name="of">Only those of one person, when given.</param>
    /// <param name="after">The id that the page before ended with.</param>
    public static async Task<IReadOnlyList<TokenRow>> ListAsync(NpgsqlConnection db, OrgId org, UserId? of, Guid after, int limit, CancellationToken ct) =>
        (await db.QueryAsync<TokenRow>(new CommandDefinition(
            """
            select t.id, t.name, coalesce(u.email, s.name, t.actor) as owner, t.user_id, t.format, t.hint, t.permissions, t.within_level, t.within_id, t.networks, t.created_at, t.expires_at, t.last_used_at
            from tokens t left join users u on u.id = t.user_id left join service_principals s on s.id = t.service_id
            where t.org_id = @org and t.revoked_at is null and (@of::uuid is null or t.user_id = @of) and t.id > @after order by t.id limit @limit
            """, new { org, of = of?.Value, after, limit }, cancellationToken: ct))).AsList();

    /// <param name="of">Only when it is this person's; null for anybody's.</param>
    /// <returns>False when there is no such token that could be revoked.</returns>
    public static async Task<bool> RevokeAsync(Writing writing, KeyId id, UserId? of, CancellationToken ct)
    {
        var revoked = await writing.Db.ExecuteAsync(new CommandDefinition(
            "update tokens set revoked_at = @At where id = @id and org_id = @Org and revoked_at is null and not is_host and (@of::uuid is null or user_id = @of)",
            new { id, writing.Cause.Org, of = of?.Value, writing.At }, cancellationToken: ct)) is 1;
        if (revoked)
            writing.Record(new("token.revoked", [id.ToString()], []));
        return revoked;
    }

    /// <summary>Revokes all of a person or a service principal: what he holds is worth nothing from now on, whoever has it.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> RevokeAllAsync(Writing writing, UserId? user, ServicePrincipalId? service, CancellationToken ct)
    {
        var revoked = (await writing.Db.QueryAsync<Guid>(new CommandDefinition(
            "update tokens set revoked_at = @At where org_id = @Org and revoked_at is null and not is_host and (user_id = @user or service_id = @service) returning id",
            new { writing.Cause.Org, user = user?.Value, service = service?.Value, writing.At }, cancellationToken: ct))).AsList();
        foreach (var id in revoked)
            writing.Record(new("token.revoked", [KeyId.From(id).ToString()], []));
        return revoked.Count;
    }

    /// <summary>Six digits of base 36.</summary>
    private static string Check(string secret)
    {
        var left = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.ASCII.GetBytes(secret))) % 2_176_782_336u;
        Span<char> digits = stackalloc char[CheckLength];
        for (var i = CheckLength - 1; i >= 0; i--, left /= 36)
            digits[i] = "0123456789abcdefghijklmnopqrstuvwxyz"[(int)(left % 36)];
        return new string(digits);
    }
}
