using System.Security.Cryptography;
using System.Text;
using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.Access;

/// <summary>Whoever a token stands for.</summary>
public sealed record TokenOwner(KeyId Id, OrgId OrgId, string Actor);

/// <summary>API tokens. Only the SHA-256 of a token is kept; the token itself has 256 random bits, so no salt is needed.</summary>
public static class TokenTable
{
    public const string Prefix = "davit_";

    /// <returns>A new token: a prefix that secret scanners know, and 32 random bytes as base64url.</returns>
    public static string Make() => Prefix + System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static async Task InsertAsync(Writing writing, KeyId id, string actor, string name, string token, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "insert into tokens (id, org_id, actor, name, hash, created_at) values (@id, @Org, @actor, @name, @hash, @At)",
            new { id, writing.Cause.Org, actor, name, hash = Hash(token), writing.At }, cancellationToken: ct));
        writing.Record(new("token.created", [id.ToString()], new() { ["name"] = name, ["actor"] = actor }));
    }

    public static async Task<TokenOwner?> FindAsync(NpgsqlConnection db, string token, DateTimeOffset now, CancellationToken ct)
    {
        var row = await db.QuerySingleOrDefaultAsync<(Guid Id, Guid Org, string Actor)?>(new CommandDefinition(
            "select id, org_id, actor from tokens where hash = @hash and revoked_at is null and (expires_at is null or expires_at > @now)",
            new { hash = Hash(token), now }, cancellationToken: ct));
        return row is { } found ? new(KeyId.From(found.Id), OrgId.From(found.Org), found.Actor) : null;
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
