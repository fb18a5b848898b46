using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.People;

/// <summary>A key that JWTs are signed with.</summary>
public sealed record JwtKeyRow
{
    public required JwtKeyId Id { get; init; }

    /// <summary>As SubjectPublicKeyInfo.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>The private key, sealed.</summary>
    public required byte[] Sealed { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RetiredAt { get; init; }
}

/// <summary>Keys of JWTs: one signs, those before it are published while something that they signed is good.</summary>
public static class JwtKeyTable
{
    private const string Columns = "id, public_key, sealed, created_at, retired_at";
    private const string Published = "(retired_at is null or last_expires_at > @now or retired_at > @since)";

    /// <summary>The one that signs, held until the end of the transaction, so that it is not retired while it signs.</summary>
    public static Task<JwtKeyRow?> HoldPresentAsync(NpgsqlConnection db, CancellationToken ct) => db.QuerySingleOrDefaultAsync<JwtKeyRow>(new CommandDefinition(
        $"select {Columns} from jwt_keys where retired_at is null for update", cancellationToken: ct));

    /// <summary>The first writer's key stands, also when two make one at once.</summary>
    public static Task InsertAsync(NpgsqlConnection db, JwtKeyRow row, CancellationToken ct) => db.ExecuteAsync(new CommandDefinition(
        "insert into jwt_keys (id, public_key, sealed, created_at) values (@Id, @PublicKey, @Sealed, @CreatedAt) on conflict do nothing", new { row.Id, row.PublicKey, row.Sealed, row.CreatedAt }, cancellationToken: ct));

    public static Task RetireAsync(NpgsqlConnection db, JwtKeyId id, DateTimeOffset now, CancellationToken ct) => db.ExecuteAsync(new CommandDefinition(
        "update jwt_keys set retired_at = @now where id = @id and retired_at is null", new { id, now }, cancellationToken: ct));

    /// <summary>Notes that something it signs lasts until then.</summary>
    public static Task NoteAsync(NpgsqlConnection db, JwtKeyId id, DateTimeOffset expires, CancellationToken ct) => db.ExecuteAsync(new CommandDefinition(
        "update jwt_keys set last_expires_at = greatest(last_expires_at, @expires) where id = @id", new { id, expires }, cancellationToken: ct));

    /// <param name="since">Those that were retired later are published whatever they signed.</param>
    public static async Task<IReadOnlyList<JwtKeyRow>> PublishedAsync(NpgsqlConnection db, DateTimeOffset now, DateTimeOffset since, CancellationToken ct) =>
        (await db.QueryAsync<JwtKeyRow>(new CommandDefinition($"select {Columns} from jwt_keys where {Published} order by id desc", new { now, since }, cancellationToken: ct))).AsList();

    /// <returns>Null for one that is not published.</returns>
    public static Task<byte[]?> PublicKeyAsync(NpgsqlConnection db, JwtKeyId id, DateTimeOffset now, DateTimeOffset since, CancellationToken ct) => db.QuerySingleOrDefaultAsync<byte[]>(new CommandDefinition(
        $"select public_key from jwt_keys where id = @id and {Published}", new { id, now, since }, cancellationToken: ct));

    public static Task<int> ForgetAsync(NpgsqlConnection db, DateTimeOffset now, DateTimeOffset since, CancellationToken ct) => db.ExecuteAsync(new CommandDefinition(
        $"delete from jwt_keys where not {Published}", new { now, since }, cancellationToken: ct));
}
