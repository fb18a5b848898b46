using Dapper;
using Davit.Model;
using Davit.Store.Resources;
using Npgsql;

namespace Davit.Store.Releasing;

public static class ReleaseTable
{
    private const string Columns = "id, org_id, app_id, number, input_hash, manifest_hash, manifest, services, provenance, created_by, created_at";

    /// <returns>The release with this input, made now or before.</returns>
    public static async Task<ReleaseRow> MakeAsync(Writing writing, ReleaseRow release, CancellationToken ct)
    {
        // The app's row is the turn of whoever makes a release: two equal inputs at once would otherwise both find nothing.
        await AppTable.LockAsync(writing, release.AppId, ct);
        if (await FindByInputAsync(writing.Db, release.AppId, release.InputHash, ct) is { } known)
            return known;

        release = release with { Number = await AppTable.NextReleaseNumberAsync(writing, release.AppId, ct) };
        await writing.Db.ExecuteAsync(new CommandDefinition(
            $"""
            insert into releases ({Columns})
            values (@Id, @OrgId, @AppId, @Number, @InputHash, @ManifestHash, @Manifest::jsonb, @Services::jsonb, @Provenance::jsonb, @CreatedBy, @CreatedAt)
            """, release, cancellationToken: ct));
        writing.Record(new("release.created", [release.Id.ToString(), release.AppId.ToString()],
            new() { ["number"] = release.Number, ["manifestHash"] = release.ManifestHash }));
        return release;
    }

    public static Task<ReleaseRow?> FindByInputAsync(NpgsqlConnection db, AppId app, string inputHash, CancellationToken ct) =>
        db.QuerySingleOrDefaultAsync<ReleaseRow>(new CommandDefinition(
            $"select {Columns} from releases where app_id = @app and input_hash = @inputHash", new { app, inputHash }, cancellationToken: ct));

    /// <param name="reference">An id, its last digits (six or more), or the release's number.</param>
    public static Task<ReleaseRow?> FindAsync(NpgsqlConnection db, AppId app, string reference, CancellationToken ct) =>
        db.QuerySingleOrDefaultAsync<ReleaseRow>(new CommandDefinition(
            $"""
            select {Columns} from releases where app_id = @app and ('rel_' || replace(id::text, '-', '') = @reference or number::text = ltrim(@reference, 'v#')
              or (length(@reference) >= 6 and replace(id::text, '-', '') like '%' || @reference and @reference ~ '^[0-9a-f]+$'))
            order by (number::text = ltrim(@reference, 'v#')) desc, number desc limit 1
            """, new { app, reference }, cancellationToken: ct));

    public static Task<ReleaseRow> GetAsync(NpgsqlConnection db, ReleaseId id, CancellationToken ct) =>
        db.QuerySingleAsync<ReleaseRow>(new CommandDefinition($"select {Columns} from releases where id = @id", new { id }, cancellationToken: ct));

    public static async Task<IReadOnlyDictionary<ReleaseId, int>> NumbersAsync(NpgsqlConnection db, AppId app, CancellationToken ct) =>
        (await db.QueryAsync<(Guid Id, int Number)>(new CommandDefinition("select id, number from releases where app_id = @app", new { app }, cancellationToken: ct)))
            .ToDictionary(r => ReleaseId.From(r.Id), r => r.Number);

    /// <summary>Which environments a release serves now, by name.</summary>
    public static async Task<ILookup<ReleaseId, string>> ServingAsync(NpgsqlConnection db, AppId app, CancellationToken ct) =>
        (await db.QueryAsync<(Guid Id, string Env)>(new CommandDefinition(
            "select d.release_id, e.name from envs e join deployments d on d.id = e.serving_id where e.app_id = @app order by e.name", new { app }, cancellationToken: ct)))
            .ToLookup(r => ReleaseId.From(r.Id), r => r.Env);

    /// <param name="before">Only releases with a smaller number; the newest first.</param>
    public static async Task<IReadOnlyList<ReleaseRow>> ListAsync(NpgsqlConnection db, AppId app, int before, int limit, CancellationToken ct) =>
        (await db.QueryAsync<ReleaseRow>(new CommandDefinition(
            $"select {Columns} from releases where app_id = @app and number < @before order by number desc limit @limit",
            new { app, before, limit }, cancellationToken: ct))).AsList();
}
