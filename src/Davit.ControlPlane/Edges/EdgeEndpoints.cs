using System.Text.Json.Nodes;
using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.Receipts;
using Davit.Edge.Control;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Edges;

internal static class EdgeEndpoints
{
    public static void MapEdge(this IEndpointRouteBuilder app)
    {
        var edge = app.MapGroup("/v1/edge").WithTags("Edge");
        edge.MapGet("", StatusAsync).Needs("edge:read").WithName("GetEdge");
        edge.MapPost("/upgrade", UpgradeAsync).Needs("edge:upgrade").WithName("UpgradeEdge");
    }

    private static async Task<Ok<EdgeView>> StatusAsync(EdgeControlClient edge, CancellationToken ct)
    {
        var status = await edge.StatusAsync(ct);
        return TypedResults.Ok(new EdgeView(status.Version, status.ProcessId, status.StartedAt, status.TableVersion, status.Environments.Length, status.OpenConnections)
        {
            Listeners = [.. status.Listeners.Select(l => new EdgeListenerView(l.Kind, l.Address, l.Problem))],
            Finishing = [.. status.Predecessors.Select(p => new EdgeProcessView(p.ProcessId, p.Connections))],
            Notes = [.. status.Events.Select(e => new EdgeNoteView(e.At, e.Kind, e.Text))],
        });
    }

    /// <summary>
    /// The program is the one davitd was told of, never one that a caller names. The event and the receipt come after the deed:
    /// an edge that was replaced once more serves just the same.
    /// </summary>
    private static async Task<Ok<Receipted<EdgeUpgradeView>>> UpgradeAsync(
        Caller caller, Writers write, EdgeControlClient edge, ServerOptions options, Installation installation, CancellationToken ct)
    {
        var done = await edge.UpgradeAsync(options.EdgeProgram, ct);
        var view = new EdgeUpgradeView(done.FormerVersion, done.Version, done.ProcessId, done.Connections);
        var details = new JsonObject { ["from"] = done.FormerVersion, ["to"] = done.Version, ["process"] = done.ProcessId, ["connections"] = done.Connections };
        return await write.WriteAsync(caller, installation.Id.ToString(), async w =>
        {
            w.Record(new("edge.upgraded", [installation.Id.ToString()], (JsonObject)details.DeepClone()));
            var receipt = await write.Receipts.WriteAsync(
                w, new ReceiptDraft("edge-upgrade", "done", [installation.Id.ToString()], [("see what the old process still finishes", "davit edge status")]) { Details = details }, ct);
            return TypedResults.Ok(new Receipted<EdgeUpgradeView>(view, receipt));
        }, ct);
    }
}
