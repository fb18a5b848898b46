using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Receipts;
using Davit.Store.Configuring;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Keys;

/// <summary>Which master keys there are and how far a rotation has come. Keys themselves are in no answer.</summary>
internal static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/server/keys", GetAsync).Needs("key:read").WithName("GetKeys").WithTags("Server");
        app.MapPost("/v1/server/keys/rotations", RotateAsync).Needs("key:rotate").WithName("RotateKeys").WithTags("Server");
    }

    private static async Task<Ok<KeysView>> GetAsync(KeyReport report, CancellationToken ct) => TypedResults.Ok(await report.MakeAsync(ct));

    /// <summary>Goes on with a rotation that was cut off; begins another one when none was.</summary>
    private static async Task<Ok<Receipted<KeysView>>> RotateAsync(Caller caller, Writers write, KeyRotation rotation, KeyReport report, CancellationToken ct)
    {
        var present = await rotation.BeginAsync(ct);
        var wrapped = 0;
        while (await rotation.RewrapAsync(present, ct) is > 0 and var count)
            wrapped += count;
        var view = await report.MakeAsync(ct);
        return await write.WriteAsync(caller, caller.Org.ToString(), async w =>
        {
            w.Record(new("key.rotated", [caller.Org.ToString()], new() { ["present"] = present, ["wrapped"] = wrapped }));
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("key-rotate", "accepted", [caller.Org.ToString()], [("see which files may go", "davit key status")]), ct);
            return TypedResults.Ok(new Receipted<KeysView>(view, receipt));
        }, ct);
    }
}

/// <summary>What the command on the machine and the API both say about the master keys.</summary>
internal sealed class KeyReport(Store.Database database, IMasterKeys masters)
{
    public async Task<KeysView> MakeAsync(CancellationToken ct)
    {
        var known = await masters.KnownAsync(ct);
        var (used, last) = await database.ReadAsync(async db => (await DataKeyTable.MastersAsync(db, ct), await DataKeyTable.LastWrappedAsync(db, ct)), ct);
        var keys = known.Select(id => new MasterKeyView(id, used.GetValueOrDefault(id), id == known[^1] ? "present" : used.ContainsKey(id) ? "former" : "unused"))
            .Concat(used.Where(u => !known.Contains(u.Key, StringComparer.Ordinal)).Select(u => new MasterKeyView(u.Key, u.Value, "missing")));
        return new([.. keys], used.Values.Sum(), known.Count is 0 ? 0 : used.Where(u => u.Key != known[^1]).Sum(u => u.Value)) { LastWrappedAt = last };
    }
}
