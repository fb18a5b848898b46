using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.Planning.Garbage;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Garbage;

internal static class GarbageEndpoints
{
    public static void MapGarbage(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/garbage", PlanAsync).Needs("server:read").WithName("GetGarbage").WithTags("Server");
        app.MapPost("/v1/garbage/collections", CollectAsync).Needs("server:collect").WithName("CollectGarbage").WithTags("Server");
    }

    private static async Task<Ok<GarbageView>> PlanAsync(Caller caller, Collector collector, CancellationToken ct)
    {
        var plan = await collector.PlanAsync(ct);
        return TypedResults.Ok(new GarbageView([.. plan.Going.Where(g => IsFor(caller, g)).Select(View)], [.. plan.Kept.Where(k => k.Org is null || k.Org == caller.Org).Select(View)]));
    }

    /// <summary>What was removed tells its own events; a repeat of the request finds it gone and removes nothing more.</summary>
    private static async Task<Ok<Receipted<GarbageView>>> CollectAsync(Caller caller, Collector collector, Writers write, CancellationToken ct)
    {
        var (done, receipt) = await collector.RunAsync(caller.Causes(caller.Org.ToString()), ct);
        var view = new GarbageView([.. done.Gone.Where(g => IsFor(caller, g)).Select(View)], [.. done.Left.Where(k => k.Org is null || k.Org == caller.Org).Select(View)]);
        return await write.WriteAsync(caller, caller.Org.ToString(), async w => TypedResults.Ok(new Receipted<GarbageView>(view,
            receipt ?? await write.Receipts.WriteAsync(w, new Receipts.ReceiptDraft("garbage-collection", "unchanged", [caller.Org.ToString()], []), ct))), ct);
    }

    private static bool IsFor(Caller caller, Going item) => item.Org is null || item.Org == caller.Org;

    private static ThingAtRestView View(Going item) => new(KindText.Of(item.Kind), item.Name, item.Why, item.Bytes);

    private static ThingAtRestView View(Kept item) => new(KindText.Of(item.Kind), item.Name, item.Why, item.Bytes);
}
