using System.Text.Json.Nodes;
using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Receipts;
using Davit.Model;
using Davit.Planning.Configuring;
using Davit.Store;
using Davit.Store.Configuring;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Variables;

/// <summary>Variables of the org, a project, an app, an environment, or one service of an environment.</summary>
internal sealed class VariableEndpoints : IConfigMapping
{
    public void Map<TPath>(RouteGroupBuilder group, string place) where TPath : notnull
    {
        group.WithTags("Variables");
        group.MapFor(HttpMethod.Get, "", ListAsync<TPath>).Needs("variable:read").WithName($"List{place}Variables");
        group.MapFor(HttpMethod.Get, "/{variable}", GetAsync<TPath>).Needs("variable:read").WithName($"Get{place}Variable");
        group.MapFor(HttpMethod.Put, "/{variable}", SetAsync<TPath>).Needs("variable:set").WithName($"Set{place}Variable");
        group.MapFor(HttpMethod.Delete, "/{variable}", RemoveAsync<TPath>).Needs("variable:set").WithName($"Remove{place}Variable");
    }

    private static async Task<Ok<Page<VariableView>>> ListAsync<TPath>([AsParameters] TPath path, Caller caller, Places places, Database database, CancellationToken ct) where TPath : notnull
    {
        var place = await places.PlaceAsync(caller, path, ct);
        var rows = await database.ReadAsync(db => VariableTable.ListAsync(db, place, ct), ct);
        return TypedResults.Ok(new Page<VariableView>([.. rows.Select(View)], null));
    }

    private static async Task<Ok<VariableView>> GetAsync<TPath>([AsParameters] TPath path, string variable, string? service, Caller caller, Writers write, CancellationToken ct) where TPath : notnull
    {
        var place = await write.Places.PlaceAsync(caller, path, ct);
        return TypedResults.Ok(View(await FindAsync(write, place, service, variable, ct)));
    }

    /// <param name="service">Of an environment: only for this service.</param>
    private static async Task<Ok<Receipted<VariableView>>> SetAsync<TPath>([AsParameters] TPath path, string variable, [AsParameters] OfService service, VariableRequest body, VariableParts parts, CancellationToken ct) where TPath : notnull
    {
        var write = parts.Write;
        var place = await write.Places.PlaceAsync(service.Caller, path, ct);
        var draft = Draft(place, service.Service ?? "", variable, body);
        await parts.Locks.CheckAsync(place, draft, ct);
        return await write.WriteAsync(service.Caller, place.Id, async w =>
        {
            var before = await VariableTable.FindAsync(w.Db, place, draft.Service, draft.Name, ct);
            if (body.ExpectedVersion is { } expected && expected != (before?.Version ?? 0))
                throw new ProblemException(VariableProblems.Moved(draft.Name, expected, before?.Version ?? 0));
            if (await SecretTable.FindAsync(w.Db, place, draft.Name, ct) is { Unset: false })
                throw new ProblemException(SecretProblems.IsSecret(draft.Name, $"this {place.Kind}"));
            if (before is null)
                await ConfigPlaces.CheckRoomAsync(w.Db, place, 1, ct);
            var same = before is not null && (before.Form, before.Value, before.Locked) == (draft.Form, draft.Value, draft.Locked);
            var row = same ? before! : await VariableTable.SetAsync(w, draft, Id.New<VariableId>(write.Clock), ct);
            var receipt = await write.Receipts.WriteAsync(w, Receipt("variable-set", same, row, path), ct);
            return TypedResults.Ok(new Receipted<VariableView>(View(row), receipt));
        }, ct);
    }

    private static async Task<Ok<Receipted<VariableView>>> RemoveAsync<TPath>([AsParameters] TPath path, string variable, [AsParameters] OfService service, Writers write, CancellationToken ct) where TPath : notnull
    {
        var place = await write.Places.PlaceAsync(service.Caller, path, ct);
        var row = await FindAsync(write, place, service.Service, variable, ct);
        return await write.WriteAsync(service.Caller, row.Id.ToString(), async w =>
        {
            await VariableTable.DeleteAsync(w, row, ct);
            var receipt = await write.Receipts.WriteAsync(w, Receipt("variable-remove", false, row, path), ct);
            return TypedResults.Ok(new Receipted<VariableView>(View(row), receipt));
        }, ct);
    }

    private static VariableDraft Draft(ConfigPlace place, string service, string name, VariableRequest body)
    {
        VariableNames.Check(name);
        VariableNames.CheckValue(name, body.Value);
        if (service is not "" && place.Env is null)
            throw new ProblemException(ApiProblems.BadBody("only variables of an environment can be for one service"));
        if (body.Unset && (body.Value is not "" || body.Template))
            throw new ProblemException(ApiProblems.BadBody("'unset' says that there is no value"));
        return new(place, service, name) { Form = body.Unset ? "unset" : body.Template ? "template" : "text", Value = body.Value, Locked = body.Locked };
    }

    private static ReceiptDraft Receipt(string kind, bool same, VariableRow row, object path) =>
        new(kind, same ? "unchanged" : "accepted", [row.Id.ToString(), row.Place.Id], [("see what comes of it", $"davit variable explain {row.Name} {ConfigPlaces.Options(path)}"), ("bring it to what runs", $"davit deploy {(path is EnvPath ? ConfigPlaces.Options(path) : "")}".TrimEnd())])
        {
            Details = new JsonObject { ["name"] = row.Name, ["place"] = row.Place.Kind, ["service"] = row.Service, ["form"] = row.Form, ["version"] = row.Version },
        };

    private static async Task<VariableRow> FindAsync(Writers write, ConfigPlace place, string? service, string variable, CancellationToken ct) =>
        await write.Database.ReadAsync(db => VariableTable.FindAsync(db, place, service ?? "", variable, ct), ct) ?? throw new ProblemException(ApiProblems.Missing("variable", variable));

    private static VariableView View(VariableRow row) =>
        new(row.Id.ToString(), row.Name, row.Place.Kind, row.Service, row.Form, row.Value, row.Locked, row.Version, row.Author, row.UpdatedAt);
}

/// <summary>Who asks, and for which service of an environment.</summary>
internal sealed record OfService(string? Service, Caller Caller);

/// <summary>What writing variables works with.</summary>
internal sealed record VariableParts(Writers Write, VariableLocks Locks);
