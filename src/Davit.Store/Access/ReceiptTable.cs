using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.Access;

public sealed record ReceiptRow
{
    public required ReceiptId Id { get; init; }

    public required string Kind { get; init; }

    public required string[] Subjects { get; init; }

    /// <summary>The receipt as it was signed, a JSON object.</summary>
    public required string Body { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>The records of finished and accepted mutations. Inserted, never changed.</summary>
public static class ReceiptTable
{
    private const string Columns = "id, kind, subjects, body, created_at";

    public static Task InsertAsync(Writing writing, ReceiptRow row, CancellationToken ct) => writing.Db.ExecuteAsync(new CommandDefinition(
        "insert into receipts (id, org_id, kind, subjects, body, created_at) values (@Id, @Org, @Kind, @Subjects, @Body::jsonb, @CreatedAt)",
        new { row.Id, writing.Cause.Org, row.Kind, row.Subjects, row.Body, row.CreatedAt }, cancellationToken: ct));

    /// <param name="reference">A receipt's id, or the id of something it is about: then its newest.</param>
    public static Task<ReceiptRow?> FindAsync(NpgsqlConnection db, OrgId org, string reference, CancellationToken ct) =>
        db.QueryFirstOrDefaultAsync<ReceiptRow>(new CommandDefinition(
            $"""
            select {Columns} from receipts where org_id = @org and ('rcp_' || replace(id::text, '-', '') = @reference or subjects @> array[@reference])
            order by (kind = 'deployment') desc, created_at desc limit 1
            """, new { org, reference }, cancellationToken: ct));

    public static async Task<IReadOnlyList<ReceiptRow>> ListAsync(NpgsqlConnection db, OrgId org, string? subject, int limit, CancellationToken ct) =>
        (await db.QueryAsync<ReceiptRow>(new CommandDefinition(
            $"select {Columns} from receipts where org_id = @org and (@subject::text is null or subjects @> array[@subject::text]) order by created_at desc limit @limit",
            new { org, subject, limit }, cancellationToken: ct))).AsList();
}
