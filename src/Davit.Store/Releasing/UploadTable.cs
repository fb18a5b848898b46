using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.Releasing;

/// <summary>Source archives that were received and unpacked.</summary>
public static class UploadTable
{
    public static async Task InsertAsync(Writing writing, UploadId id, AppId app, string digest, (long Bytes, int Files) size, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "insert into uploads (id, org_id, app_id, digest, bytes, files, created_at) values (@id, @Org, @app, @digest, @Bytes, @Files, @At)",
            new { id, writing.Cause.Org, app, digest, size.Bytes, size.Files, writing.At }, cancellationToken: ct));
        writing.Record(new("upload.received", [id.ToString(), app.ToString()], new() { ["digest"] = digest, ["bytes"] = size.Bytes }));
    }

    public static Task DeleteAsync(Writing writing, UploadId id, CancellationToken ct) =>
        writing.Db.ExecuteAsync(new CommandDefinition("delete from uploads where id = @id", new { id }, cancellationToken: ct));

    public static Task<string?> DigestAsync(NpgsqlConnection db, AppId app, UploadId id, CancellationToken ct) =>
        db.ExecuteScalarAsync<string?>(new CommandDefinition("select digest from uploads where app_id = @app and id = @id", new { app, id }, cancellationToken: ct));
}
