using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.Model;
using Davit.Store;
using Davit.Store.Events;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Events;

internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/orgs/{org}/events", ReadAsync).Needs("event:read").WithMetadata(new Lasting()).WithName("ReadEvents").WithTags("Events");
        app.MapGet("/v1/orgs/{org}/events/verdict", VerifyAsync).Needs("event:read").WithName("VerifyEvents").WithTags("Events");
    }

    /// <summary>NDJSON, or server-sent events when asked for by <c>Accept</c>; <c>after</c> or <c>Last-Event-ID</c> resumes.</summary>
    private static async Task ReadAsync(
        [AsParameters] OrgPath path, [AsParameters] EventQuery query, HttpContext context, Caller caller, EventReaders readers)
    {
        var ct = context.RequestAborted;
        var org = await readers.Places.OrgAsync(caller, path, ct);
        var after = After(context, query);
        var sse = context.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.Ordinal);
        context.Response.ContentType = sse ? "text/event-stream" : "application/x-ndjson";
        context.Response.Headers.CacheControl = "no-store";

        // What cannot be read at all is refused while there is still an answer to refuse it with.
        var first = await readers.PageAsync(org.Id, after, query, ct);

        // A follower learns at once that it is heard, also when nothing is written for a while.
        await context.Response.Body.FlushAsync(ct);
        await foreach (var item in TailAsync(readers, org.Id, first, after, query, ct))
        {
            await context.Response.WriteAsync(Frame(item, sse), ct);
            await context.Response.Body.FlushAsync(ct);
        }
    }

    private static long After(HttpContext context, EventQuery query)
    {
        var last = context.Request.Headers["Last-Event-ID"].ToString();
        return last is "" ? query.After ?? 0 : long.TryParse(last, CultureInfo.InvariantCulture, out var seq) ? seq : throw new ProblemException(ApiProblems.BadCursor());
    }

    /// <returns>Events in order; null is a heartbeat.</returns>
    private static async IAsyncEnumerable<EventRow?> TailAsync(
        EventReaders readers, OrgId org, IReadOnlyList<EventRow> first, long after, EventQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var page = first; ; page = await readers.PageAsync(org, after, query, ct))
        {
            foreach (var row in page)
                yield return row;
            if (page.Count > 0)
            {
                after = page[^1].Seq;
                continue;
            }

            if (query.Follow is not true)
                yield break;
            var head = await readers.Database.ReadAsync(db => EventLog.HeadAsync(db, org, ct), ct);
            if (head <= after || query.Subject is not null)
            {
                await readers.Signals.NextAsync(TimeSpan.FromSeconds(15), ct);
                ct.ThrowIfCancellationRequested();
                yield return null;
            }
        }
    }

    private static string Frame(EventRow? row, bool sse)
    {
        if (row is null)
            return sse ? ": heartbeat\n\n" : "\n";
        var json = JsonSerializer.Serialize(View(row), WireJson.Default.EventView);
        return sse ? string.Create(CultureInfo.InvariantCulture, $"id: {row.Seq}\nevent: {row.Type}\ndata: {json}\n\n") : json + "\n";
    }

    private static async Task<Ok<EventsVerdict>> VerifyAsync([AsParameters] OrgPath path, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var org = await places.OrgAsync(caller, path, ct);
        var broken = await database.ReadAsync(db => EventLog.FirstBrokenAsync(db, org.Id, ct), ct);
        return TypedResults.Ok(new EventsVerdict(await database.ReadAsync(db => EventLog.HeadAsync(db, org.Id, ct), ct), broken));
    }

    internal static EventView View(EventRow row) => new(
        row.Seq, row.At, row.Type, row.Version, row.Subjects, row.Actor, row.RequestId, row.CorrelationId, JsonNode.Parse(row.Payload)!.AsObject(), row.PrevHash, row.Hash)
    {
        Address = row.Address, Decision = row.Decision, Form = row.Form,
    };
}

internal sealed record EventQuery(long? After, string? Subject, bool? Follow);

internal sealed record EventReaders(Places Places, Database Database, EventSignals Signals)
{
    public Task<IReadOnlyList<EventRow>> PageAsync(OrgId org, long after, EventQuery query, CancellationToken ct) =>
        Database.ReadAsync(db => EventLog.ReadAsync(db, org, after, query.Subject, ct), ct);
}
