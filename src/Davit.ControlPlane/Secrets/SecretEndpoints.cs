using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Receipts;
using Davit.ControlPlane.Variables;
using Davit.Model;
using Davit.Store;
using Davit.Store.Configuring;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Secrets;

/// <summary>Secrets of the org, a project, an app or an environment. Values go in and never come out.</summary>
internal sealed class SecretEndpoints : IConfigMapping
{
    public void Map<TPath>(RouteGroupBuilder group, string place) where TPath : notnull
    {
        group.WithTags("Secrets");
        group.MapFor(HttpMethod.Get, "", ListAsync<TPath>).Needs("secret:list").WithName($"List{place}Secrets");
        group.MapFor(HttpMethod.Get, "/{secret}", GetAsync<TPath>).Needs("secret:list").WithName($"Get{place}Secret");
        group.MapFor(HttpMethod.Get, "/{secret}/versions", VersionsAsync<TPath>).Needs("secret:list").WithName($"List{place}SecretVersions");
        group.MapFor(HttpMethod.Get, "/{secret}/preview", PreviewAsync<TPath>).Needs("secret:list").WithName($"Preview{place}Secret");
        group.MapFor(HttpMethod.Put, "/{secret}", SetAsync<TPath>).Needs("secret:set").WithName($"Set{place}Secret");
        group.MapFor(HttpMethod.Post, "/{secret}/rotations", RotateAsync<TPath>).Needs("secret:rotate").WithName($"Rotate{place}Secret");
        group.MapFor(HttpMethod.Delete, "/{secret}", UnsetAsync<TPath>).Needs("secret:set").WithName($"Unset{place}Secret");
    }

    private static async Task<Ok<Page<SecretView>>> ListAsync<TPath>([AsParameters] TPath path, Caller caller, Places places, SecretUses uses, Database database, CancellationToken ct) where TPath : notnull
    {
        var place = await places.PlaceAsync(caller, path, ct);
        var rows = await database.ReadAsync(db => SecretTable.ListAsync(db, place, ct), ct);
        var used = await uses.OfOrgAsync(place.Org, ct);
        return TypedResults.Ok(new Page<SecretView>([.. rows.Select(r => View(r, used))], null));
    }

    private static async Task<Ok<SecretView>> GetAsync<TPath>([AsParameters] TPath path, string secret, Caller caller, SecretWriting writing, SecretUses uses, CancellationToken ct) where TPath : notnull
    {
        var row = await FindAsync(writing, caller, path, secret, ct);
        var rotation = await writing.Write.Database.ReadAsync(db => SecretRotationTable.OfAsync(db, row, ct), ct);
        return TypedResults.Ok(View(row, await uses.OfOrgAsync(row.OrgId, ct)) with { Rotation = rotation is null ? null : new(rotation.Version, rotation.EndsAt, rotation.EndedAt) });
    }

    private static async Task<Ok<Page<SecretVersionView>>> VersionsAsync<TPath>([AsParameters] TPath path, string secret, Caller caller, SecretWriting writing, CancellationToken ct) where TPath : notnull
    {
        var row = await FindAsync(writing, caller, path, secret, ct);
        var versions = await writing.Write.Database.ReadAsync(db => SecretTable.VersionsAsync(db, row, ct), ct);
        return TypedResults.Ok(new Page<SecretVersionView>(
            [.. versions.Select(v => new SecretVersionView(v.Version, v.Origin, v.Author, v.CreatedAt, versions.FirstOrDefault(e => e.Version < v.Version && e.Digest == v.Digest)?.Version))], null));
    }

    /// <summary>Says which services run with it, and which of them the next deployment would restart.</summary>
    private static async Task<Ok<SecretPreviewView>> PreviewAsync<TPath>([AsParameters] TPath path, string secret, Caller caller, SecretWriting writing, SecretUses uses, CancellationToken ct) where TPath : notnull
    {
        var row = await FindAsync(writing, caller, path, secret, ct);
        var used = (await uses.OfOrgAsync(row.OrgId, ct))[row.Id];
        return TypedResults.Ok(new SecretPreviewView(row.Name, row.Version)
        {
            Uses = [.. used.Select(u => new SecretUseView(u.Where[..u.Where.LastIndexOf('/')], u.Service, u.How, u.Version, u.Version != row.Version || row.Unset))],
        });
    }

    private static Task<Ok<Receipted<SecretView>>> SetAsync<TPath>([AsParameters] TPath path, string secret, SecretRequest body, Caller caller, SecretWriting writing, CancellationToken ct) where TPath : notnull =>
        writing.SetAsync(caller, path, secret, body, body.Generate is null ? "given" : "random", ct);

    /// <summary>A new value for a secret that exists: the one given, or a random one.</summary>
    private static async Task<Ok<Receipted<SecretView>>> RotateAsync<TPath>([AsParameters] TPath path, string secret, SecretRequest body, Caller caller, SecretWriting writing, CancellationToken ct) where TPath : notnull
    {
        var row = await FindAsync(writing, caller, path, secret, ct);
        return await writing.SetAsync(caller, path, row.Name, body, "rotation", ct);
    }

    private static async Task<Ok<Receipted<SecretView>>> UnsetAsync<TPath>([AsParameters] TPath path, string secret, string? confirm, Caller caller, SecretWriting writing, CancellationToken ct) where TPath : notnull
    {
        var row = await FindAsync(writing, caller, path, secret, ct);
        if (confirm != row.Name)
            throw new ProblemException(ApiProblems.Confirm(row.Name));
        var write = writing.Write;
        return await write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            if (!row.Unset)
                await SecretTable.UnsetAsync(w, row, ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("secret-unset", row.Unset ? "unchanged" : "accepted", [row.Id.ToString(), row.Place.Id], [("see what runs with it still", $"davit secret preview {row.Name} {ConfigPlaces.Options(path)}")]), ct);
            return TypedResults.Ok(new Receipted<SecretView>(SecretWriting.View(row) with { Unset = true }, receipt));
        }, ct);
    }

    private static async Task<SecretRow> FindAsync(SecretWriting writing, Caller caller, object path, string secret, CancellationToken ct)
    {
        var place = await writing.Write.Places.PlaceAsync(caller, path, ct);
        return await writing.Write.Database.ReadAsync(db => SecretTable.FindAsync(db, place, secret, ct), ct) ?? throw new ProblemException(ApiProblems.Missing("secret", secret));
    }

    private static SecretView View(SecretRow row, ILookup<SecretId, SecretUse> used) => SecretWriting.View(row) with
    {
        UsedBy = [.. used[row.Id].Select(u => u.Version == row.Version ? u.Where : $"{u.Where} (version {u.Version})").Distinct(StringComparer.Ordinal)],
    };
}

/// <summary>Many secrets at once.</summary>
internal sealed class SecretImports : IConfigMapping
{
    public void Map<TPath>(RouteGroupBuilder group, string place) where TPath : notnull =>
        group.MapFor(HttpMethod.Post, "", ImportAsync<TPath>).Needs("secret:set").WithName($"Import{place}Secrets").WithTags("Secrets");

    private static Task<Ok<Receipted<SecretImportView>>> ImportAsync<TPath>([AsParameters] TPath path, SecretImportRequest body, Caller caller, SecretWriting writing, CancellationToken ct) where TPath : notnull =>
        writing.ImportAsync(caller, path, body, ct);
}
