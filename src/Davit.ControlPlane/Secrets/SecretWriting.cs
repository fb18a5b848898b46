using System.Text;
using System.Text.Json.Nodes;
using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Keys;
using Davit.ControlPlane.Receipts;
using Davit.ControlPlane.Variables;
using Davit.Model;
using Davit.Planning.Configuring;
using Davit.Store;
using Davit.Store.Configuring;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Secrets;

/// <summary>Seals values and keeps them as new versions. Values are in no answer, event or receipt.</summary>
internal sealed class SecretWriting(Writers write, SecretBox box)
{
    private const long ShortestWindow = 60;
    private const long LongestWindow = 30L * 24 * 60 * 60;

    public Writers Write => write;

    /// <param name="path">Where it is set.</param>
    /// <param name="origin">How the value came to be.</param>
    public async Task<Ok<Receipted<SecretView>>> SetAsync(Caller caller, object path, string name, SecretRequest request, string origin, CancellationToken ct)
    {
        var place = await write.Places.PlaceAsync(caller, path, ct);
        VariableNames.Check(name);
        var before = await FindAsync(place, name, ct);
        var deliver = request.Deliver ?? before?.Deliver ?? "file";
        if (deliver is not ("file" or "env"))
            throw new ProblemException(ApiProblems.BadBody($"'deliver' is 'file' or 'env', not '{deliver}'"));
        var window = Window(request, origin);
        var value = SecretValues.Of(name, request);
        if (deliver is "env")
            SecretValues.CheckVariable(name, value);

        var draft = await DraftAsync(place, name, deliver, origin, value, ct);
        return await write.WriteAsync(caller, place.Id, async w =>
        {
            await CheckAsync(w, place, name, request.ExpectedVersion, ct);
            var row = await SecretTable.SetAsync(w, draft, Id.New<SecretId>(write.Clock), ct);
            if (window is { } open)
                await SecretRotationTable.BeginAsync(w, row, w.At + open, ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft(origin is "rotation" ? "secret-rotate" : "secret-set", "accepted", [row.Id.ToString(), place.Id], Next(path, row))
            {
                Details = new JsonObject { ["name"] = row.Name, ["place"] = place.Kind, ["version"] = row.Version, ["deliver"] = row.Deliver, ["origin"] = origin },
            }, ct);
            return TypedResults.Ok(new Receipted<SecretView>(View(row) with { Warnings = Warnings(row, value), Rotation = window is { } length ? new(row.Version, w.At + length, null) : null }, receipt));
        }, ct);
    }

    /// <summary>All of them or none. What has the value already stays at its version.</summary>
    public async Task<Ok<Receipted<SecretImportView>>> ImportAsync(Caller caller, object path, SecretImportRequest request, CancellationToken ct)
    {
        var place = await write.Places.PlaceAsync(caller, path, ct);
        var (items, drafts) = (new List<SecretChangeView>(), new List<SecretDraft>());
        foreach (var (name, text) in request.Values.OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            var value = SecretValues.Check(VariableNames.Check(name), Encoding.UTF8.GetBytes(text), request.Force);
            var before = await FindAsync(place, name, ct);
            var draft = await DraftAsync(place, name, before?.Deliver ?? "file", "import", value, ct);
            var change = before is null or { Unset: true } ? "added" : await write.Database.ReadAsync(db => SecretTable.DigestAsync(db, before, ct), ct) == draft.Digest ? "same" : "changed";
            items.Add(new(name, change));
            if (change is not "same" && !request.DryRun)
                drafts.Add(draft);
        }

        return await write.WriteAsync(caller, place.Id, async w =>
        {
            await ConfigPlaces.CheckRoomAsync(w.Db, place, items.Count(i => i.Change is "added"), ct);
            var subjects = new List<string> { place.Id };
            foreach (var draft in drafts)
            {
                await CheckAsync(w, place, draft.Name, null, ct);
                subjects.Add((await SecretTable.SetAsync(w, draft, Id.New<SecretId>(write.Clock), ct)).Id.ToString());
            }

            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("secret-import", drafts.Count is 0 ? "unchanged" : "accepted", subjects, [("bring them to what runs", $"davit deploy {ConfigPlaces.Options(path)}")])
            {
                Details = new JsonObject { ["place"] = place.Kind, ["names"] = new JsonArray([.. drafts.Select(d => JsonValue.Create(d.Name))]) },
            }, ct);
            return TypedResults.Ok(new Receipted<SecretImportView>(new(items, request.DryRun), receipt));
        }, ct);
    }

    public static SecretView View(SecretRow row) => new(row.Id.ToString(), row.Name, row.Place.Kind, row.Version, row.Deliver, row.Author, row.SetAt) { CreatedAt = row.CreatedAt, Unset = row.Unset };

    private Task<SecretRow?> FindAsync(ConfigPlace place, string name, CancellationToken ct) => write.Database.ReadAsync(db => SecretTable.FindAsync(db, place, name, ct), ct);

    private async Task<SecretDraft> DraftAsync(ConfigPlace place, string name, string deliver, string origin, byte[] value, CancellationToken ct) => new(place, name, deliver, origin)
    {
        Digest = await box.DigestAsync(place.Org, value, ct),
        Seal = version => box.SealAsync(SecretReading.BelongsTo(place, name, version), value, ct),
    };

    /// <summary>Within the transaction, so that of two who set it for the same version one is told.</summary>
    private static async Task CheckAsync(Writing w, ConfigPlace place, string name, int? expected, CancellationToken ct)
    {
        if (await VariableTable.FindAsync(w.Db, place, "", name, ct) is not null)
            throw new ProblemException(SecretProblems.Refused(name, $"is the name of a variable of this {place.Kind}; remove that first: davit variable unset {name}"));
        var now = await SecretTable.FindAsync(w.Db, place, name, ct);
        if (expected is { } version && version != (now?.Version ?? 0))
            throw new ProblemException(VariableProblems.Moved(name, version, now?.Version ?? 0));
        if (now is null or { Unset: true })
            await ConfigPlaces.CheckRoomAsync(w.Db, place, 1, ct);
    }

    private static (string, string)[] Next(object path, SecretRow row) =>
    [
        ("see who would restart", $"davit secret preview {row.Name} {ConfigPlaces.Options(path)}"),
        ("bring it to what runs", path is EnvPath env ? $"davit deploy --app {env.App} --env {env.Env}" : "davit deploy"),
    ];

    private static TimeSpan? Window(SecretRequest request, string origin)
    {
        if (request.WindowSeconds is not { } seconds)
            return null;
        if (origin is not "rotation")
            throw new ProblemException(ApiProblems.BadBody("'windowSeconds' is for rotations"));
        return seconds is >= ShortestWindow and <= LongestWindow ? TimeSpan.FromSeconds(seconds) : throw new ProblemException(ApiProblems.BadBody($"'windowSeconds' is {ShortestWindow} to {LongestWindow}, not {seconds}"));
    }

    private static string[] Warnings(SecretRow row, byte[] value) =>
    [
        .. row.Deliver is "env" ? (string[])["whoever may look at the runtime (docker inspect) or into the process can read it as a variable; a file in /run/secrets is safer"] : [],
        .. SecretValues.IsPlain(value) ? (string[])["it is so short or plain that it is not kept out of logs"] : [],
    ];
}
