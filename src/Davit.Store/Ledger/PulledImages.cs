using Dapper;
using Davit.Planning.Garbage;
using Npgsql;

namespace Davit.Store.Ledger;

/// <summary>
/// Images that are here because we pulled them. What was there before is somebody else's for ever. A row without a content id
/// says that a pull was about to begin; only the id that came makes the image ours.
/// </summary>
public static class PulledImages
{
    public static async Task IntendAsync(Writing writing, string reference, CancellationToken ct) =>
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "insert into pulled_images (reference, image_id, org_id, created_at) values (@reference, '', @Org, @At) on conflict do nothing",
            new { reference, writing.Cause.Org, writing.At }, cancellationToken: ct));

    /// <summary>The pull has brought this.</summary>
    /// <param name="names">The reference, and the pinned form of it.</param>
    public static async Task ArriveAsync(Writing writing, string reference, string imageId, IEnumerable<string> names, CancellationToken ct)
    {
        foreach (var name in names.Distinct(StringComparer.Ordinal))
            await writing.Db.ExecuteAsync(new CommandDefinition(
                "insert into pulled_images (reference, image_id, org_id, created_at) values (@name, @imageId, @Org, @At) on conflict do nothing",
                new { name, imageId, writing.Cause.Org, writing.At }, cancellationToken: ct));
        await writing.Db.ExecuteAsync(new CommandDefinition("delete from pulled_images where reference = @reference and image_id = ''", new { reference }, cancellationToken: ct));
    }

    /// <summary>The pull brought nothing, or what it brought is gone.</summary>
    public static async Task ForgetAsync(Writing writing, string reference, string imageId, CancellationToken ct) =>
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "delete from pulled_images where reference = @reference and image_id = @imageId", new { reference, imageId }, cancellationToken: ct));

    public static async Task ForgetImageAsync(Writing writing, string imageId, CancellationToken ct) =>
        await writing.Db.ExecuteAsync(new CommandDefinition("delete from pulled_images where image_id = @imageId", new { imageId }, cancellationToken: ct));

    /// <summary>Whether the reference is here because of us: a pull that a crash cut short counts, since it can only have been ours.</summary>
    public static Task<bool> IsOursAsync(NpgsqlConnection db, string reference, CancellationToken ct) =>
        db.ExecuteScalarAsync<bool>(new CommandDefinition("select exists (select 1 from pulled_images where reference = @reference)", new { reference }, cancellationToken: ct));

    public static async Task<IReadOnlyList<PulledImage>> AllAsync(NpgsqlConnection db, CancellationToken ct) =>
        (await db.QueryAsync<PulledImage>(new CommandDefinition("select reference, image_id from pulled_images order by 1, 2", cancellationToken: ct))).AsList();
}
