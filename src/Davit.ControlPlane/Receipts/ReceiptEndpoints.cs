using System.Text.Json;
using System.Text.Json.Nodes;
using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.Model;
using Davit.Store;
using Davit.Store.Access;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Receipts;

internal static class ReceiptEndpoints
{
    private const int Most = 200;

    public static void MapReceipts(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/orgs/{org}/receipts", ListAsync).Needs("receipt:read").WithName("ListReceipts").WithTags("Receipts");
        app.MapGet("/v1/orgs/{org}/receipts/{receipt}", GetAsync).Needs("receipt:read").WithName("GetReceipt").WithTags("Receipts");
        app.MapGet("/v1/keys/receipts", Key).OpenToAll().WithName("GetReceiptKey").WithTags("Receipts");
    }

    private static async Task<Ok<Page<ReceiptView>>> ListAsync([AsParameters] OrgPath path, string? subject, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var org = await places.OrgAsync(caller, path, ct);
        var rows = await database.ReadAsync(db => ReceiptTable.ListAsync(db, org.Id, subject, Most, ct), ct);
        return TypedResults.Ok(new Page<ReceiptView>([.. rows.Select(View)], null));
    }

    private static async Task<Ok<JsonObject>> GetAsync([AsParameters] OrgPath path, string receipt, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var org = await places.OrgAsync(caller, path, ct);
        var row = await database.ReadAsync(db => ReceiptTable.FindAsync(db, org.Id, receipt, ct), ct) ?? throw new ProblemException(ApiProblems.Missing("receipt", receipt));
        return TypedResults.Ok(JsonNode.Parse(row.Body)!.AsObject());
    }

    /// <summary>Public on purpose: with it anybody can check a receipt without asking this server.</summary>
    private static Ok<SigningKeyView> Key(SigningKey key) => TypedResults.Ok(new SigningKeyView(key.Id, "ES256", key.PublicPem));

    private static ReceiptView View(ReceiptRow row)
    {
        using var body = JsonDocument.Parse(row.Body);
        return new(row.Id.ToString(), row.Kind, body.RootElement.GetProperty("status").GetString()!, row.CreatedAt, row.Subjects);
    }
}
