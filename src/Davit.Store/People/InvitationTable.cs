using Dapper;
using Davit.Model;
using Davit.Store.Access;
using Npgsql;

namespace Davit.Store.People;

/// <summary>Invitations into orgs. Each is used once.</summary>
public static class InvitationTable
{
    private const string Columns = "id, org_id, email, role, teams, invited_by, created_at, expires_at, accepted_at, revoked_at";

    public static async Task InsertAsync(Writing writing, InvitationRow row, string token, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "insert into invitations (id, org_id, email, role, teams, hash, invited_by, created_at, expires_at) values (@Id, @OrgId, @Email, @Role, @Teams, @hash, @InvitedBy, @CreatedAt, @ExpiresAt)",
            new { row.Id, row.OrgId, row.Email, row.Role, row.Teams, hash = TokenTable.Hash(token), row.InvitedBy, row.CreatedAt, row.ExpiresAt }, cancellationToken: ct));
        writing.Record(new("invitation.created", [row.Id.ToString()], new() { ["role"] = row.Role }));
    }

    public static async Task<IReadOnlyList<InvitationRow>> ListAsync(NpgsqlConnection db, OrgId org, CancellationToken ct) =>
        (await db.QueryAsync<InvitationRow>(new CommandDefinition(
            $"select {Columns} from invitations where org_id = @org and accepted_at is null and revoked_at is null order by created_at desc limit 500", new { org }, cancellationToken: ct))).AsList();

    public static Task<InvitationRow?> GetAsync(NpgsqlConnection db, OrgId org, InvitationId id, CancellationToken ct) => db.QuerySingleOrDefaultAsync<InvitationRow>(new CommandDefinition(
        $"select {Columns} from invitations where org_id = @org and id = @id", new { org, id }, cancellationToken: ct));

    public static Task<InvitationRow?> FindAsync(NpgsqlConnection db, string token, CancellationToken ct) => db.QuerySingleOrDefaultAsync<InvitationRow>(new CommandDefinition(
        $"select {Columns} from invitations where hash = @hash", new { hash = TokenTable.Hash(token) }, cancellationToken: ct));

    /// <returns>False when somebody else was faster.</returns>
    public static async Task<bool> AcceptAsync(Writing writing, InvitationId id, UserId by, CancellationToken ct)
    {
        var taken = await writing.Db.ExecuteAsync(new CommandDefinition(
            "update invitations set accepted_at = @At where id = @id and accepted_at is null and revoked_at is null and expires_at > @At", new { id, writing.At }, cancellationToken: ct)) is 1;
        if (taken)
            writing.Record(new("invitation.accepted", [id.ToString(), by.ToString()], []));
        return taken;
    }

    public static async Task<bool> RevokeAsync(Writing writing, InvitationId id, CancellationToken ct)
    {
        var revoked = await writing.Db.ExecuteAsync(new CommandDefinition(
            "update invitations set revoked_at = @At where id = @id and org_id = @Org and accepted_at is null and revoked_at is null", new { id, writing.Cause.Org, writing.At }, cancellationToken: ct)) is 1;
        if (revoked)
            writing.Record(new("invitation.revoked", [id.ToString()], []));
        return revoked;
    }

    /// <summary>A new link in the place of the old one, which ends.</summary>
    public static async Task<bool> RenewAsync(Writing writing, InvitationId id, string token, DateTimeOffset expires, CancellationToken ct)
    {
        var renewed = await writing.Db.ExecuteAsync(new CommandDefinition(
            "update invitations set hash = @hash, expires_at = @expires where id = @id and org_id = @Org and accepted_at is null and revoked_at is null",
            new { id, writing.Cause.Org, hash = TokenTable.Hash(token), expires }, cancellationToken: ct)) is 1;
        if (renewed)
            writing.Record(new("invitation.renewed", [id.ToString()], []));
        return renewed;
    }
}
