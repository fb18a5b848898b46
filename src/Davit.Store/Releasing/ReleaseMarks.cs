using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.Releasing;

/// <param name="PinnedBy">Null when nobody pinned it.</param>
/// <param name="CollectedAt">When its images and files were let go.</param>
public sealed record ReleaseMark(ReleaseId ReleaseId, string? PinnedBy, string PinReason, DateTimeOffset? CollectedAt);

/// <summary>Pins, and which releases are history only.</summary>
public static class ReleaseMarks
{
    private const string Columns = "release_id, pinned_by, pin_reason, collected_at";

    public static async Task PinAsync(Writing writing, ReleaseRow release, string reason, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            """
            insert into release_marks (release_id, org_id, pinned_by, pin_reason, pinned_at) values (@Id, @Org, @Actor, @reason, @At)
            on conflict (release_id) do update set pinned_by = excluded.pinned_by, pin_reason = excluded.pin_reason, pinned_at = excluded.pinned_at
            """, new { release.Id, writing.Cause.Org, writing.Cause.Actor, reason, writing.At }, cancellationToken: ct));
        writing.Record(new("release.pinned", [release.Id.ToString(), release.AppId.ToString()], new() { ["number"] = release.Number, ["reason"] = reason }));
    }

    public static async Task UnpinAsync(Writing writing, ReleaseRow release, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "update release_marks set pinned_by = null, pin_reason = '', pinned_at = null where release_id = @Id", new { release.Id }, cancellationToken: ct));
        writing.Record(new("release.unpinned", [release.Id.ToString(), release.AppId.ToString()], new() { ["number"] = release.Number }));
    }

    /// <summary>From here on nothing may be deployed from it; the caller holds the turn of the app and of its environments.</summary>
    public static async Task CollectAsync(Writing writing, ReleaseId release, CancellationToken ct) =>
        await writing.Db.ExecuteAsync(new CommandDefinition(
            """
            insert into release_marks (release_id, org_id, collected_at) values (@release, @Org, @At)
            on conflict (release_id) do update set collected_at = excluded.collected_at
            """, new { release, writing.Cause.Org, writing.At }, cancellationToken: ct));

    /// <summary>It is made again from the same input, so everything of it is here again.</summary>
    public static async Task ReviveAsync(Writing writing, ReleaseId release, CancellationToken ct) =>
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "update release_marks set collected_at = null where release_id = @release", new { release }, cancellationToken: ct));

    public static Task<bool> IsCollectedAsync(NpgsqlConnection db, ReleaseId release, CancellationToken ct) =>
        db.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select exists (select 1 from release_marks where release_id = @release and collected_at is not null)", new { release }, cancellationToken: ct));

    public static async Task<IReadOnlyDictionary<ReleaseId, ReleaseMark>> OfAppAsync(NpgsqlConnection db, AppId app, CancellationToken ct) =>
        (await db.QueryAsync<ReleaseMark>(new CommandDefinition(
            $"select {Columns} from release_marks where release_id in (select id from releases where app_id = @app)", new { app }, cancellationToken: ct)))
            .ToDictionary(m => m.ReleaseId);
}
