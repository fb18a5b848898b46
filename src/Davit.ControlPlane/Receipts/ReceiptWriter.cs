using System.Text.Json;
using System.Text.Json.Nodes;
using Davit.Model;
using Davit.Store;
using Davit.Store.Access;

namespace Davit.ControlPlane.Receipts;

/// <summary>What a receipt says about one accepted or finished mutation.</summary>
/// <param name="Kind">What was done, such as <c>deployment</c> or <c>env-scale</c>.</param>
/// <param name="Status"><c>accepted</c>, <c>unchanged</c>, or how a deployment ended.</param>
/// <param name="Next">Commands worth running now, with a label each.</param>
internal sealed record ReceiptDraft(string Kind, string Status, IReadOnlyList<string> Subjects, IReadOnlyList<(string Label, string Command)> Next)
{
    /// <summary>Members of this kind of receipt.</summary>
    public JsonObject Details { get; init; } = [];
}

/// <summary>Signs receipts and stores them in the transaction of the mutation they tell of.</summary>
internal sealed class ReceiptWriter(SigningKey key, TimeProvider clock)
{
    /// <returns>The receipt as stored: its members, and the signature over their canonical JSON (RFC 8785).</returns>
    public async Task<JsonObject> WriteAsync(Writing writing, ReceiptDraft draft, CancellationToken ct)
    {
        var id = Id.New<ReceiptId>(clock);
        var body = new JsonObject
        {
            ["id"] = id.ToString(),
            ["kind"] = draft.Kind,
            ["status"] = draft.Status,
            ["at"] = JsonSerializer.SerializeToNode(writing.At, DavitJson.Options),
            ["actor"] = writing.Cause.Actor,
            ["requestId"] = writing.Cause.RequestId,
            ["subjects"] = new JsonArray([.. draft.Subjects.Select(s => JsonValue.Create(s))]),
            ["details"] = draft.Details.DeepClone(),
            ["next"] = new JsonArray([.. draft.Next.Select(n => new JsonObject { ["label"] = n.Label, ["command"] = n.Command })]),
        };
        body["signature"] = new JsonObject { ["alg"] = "ES256", ["key"] = key.Id, ["value"] = key.Sign(CanonicalJson.Bytes(body)) };

        await ReceiptTable.InsertAsync(writing, new ReceiptRow
        {
            Id = id, Kind = draft.Kind, Subjects = [.. draft.Subjects], Body = body.ToJsonString(), CreatedAt = writing.At,
        }, ct);
        return body;
    }
}
