using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Events;
using Davit.ControlPlane.Receipts;
using Davit.Model;
using Davit.Model.Audit;
using Davit.Store;
using Davit.Store.Events;
using Davit.Wire;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Audit;

internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder app)
    {
        var audit = app.MapGroup("/v1/orgs/{org}/audit").WithTags("Audit");
        audit.MapGet("", ListAsync).Needs("audit:read").WithName("ListAudit");
        audit.MapGet("/verdict", VerifyAsync).Needs("audit:read").WithName("VerifyAudit");
        audit.MapGet("/checkpoints", CheckpointsAsync).Needs("audit:read").WithName("ListAuditCheckpoints");
        audit.MapGet("/export", ExportAsync).Needs("audit:export").WithName("ExportAudit");
        audit.MapGet("/retention", RetentionAsync).Needs("audit:read").WithName("GetAuditRetention");
        audit.MapPut("/retention", SetRetentionAsync).Needs("org:policy").WithName("SetAuditRetention");
    }

    /// <summary>The newest first; the cursor goes back in time.</summary>
    private static async Task<Ok<Page<EventView>>> ListAsync(
        [AsParameters] OrgPath path, [AsParameters] AuditQuery query, [AsParameters] Paging paging, Caller caller, AuditParts parts, CancellationToken ct)
    {
        var org = await parts.Places.OrgAsync(caller, path, ct);
        var before = paging.After() switch { "" => long.MaxValue, var text => long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var seq) ? seq : throw new ProblemException(ApiProblems.BadCursor()) };
        var rows = await parts.Database.ReadAsync(db => AuditReading.ListAsync(db, org.Id, query.Filter(), before, paging.Take + 1, ct), ct);
        return TypedResults.Ok(paging.Of(rows, EventEndpoints.View, r => r.Seq.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <param name="seq">An event that somebody has kept the hash of, outside of this server.</param>
    private static async Task<Ok<AuditVerdictView>> VerifyAsync([AsParameters] OrgPath path, long? seq, string? hash, Caller caller, AuditParts parts, CancellationToken ct)
    {
        var org = await parts.Places.OrgAsync(caller, path, ct);
        var (signed, forged) = await parts.Checkpoints.ReadAsync(org.Id, ct);
        ChainPlace[] marks = seq is { } number && hash is { Length: > 0 } ? [.. signed, new(number, hash)] : [.. signed];
        var start = await parts.Database.ReadAsync(db => ChainReading.StartAsync(db, org.Id, ct), ct);
        var verdict = await parts.Database.ReadAsync(db => ChainReading.VerifyAsync(db, org.Id, marks, ct), ct);
        var found = verdict.Break ?? await FalseSignatureAsync(parts, org.Id, forged, ct);
        return TypedResults.Ok(new AuditVerdictView(verdict.Checked, start.Seq + 1, verdict.Last.Seq, signed.Count, signed.Count is 0 ? 0 : signed.Max(s => s.Seq))
        {
            Break = found is null ? null : new(found.Seq, JsonNamingPolicy.KebabCaseLower.ConvertName(found.Fault.ToString()), found.Detail),
        });
    }

    private static async Task<ChainBreak?> FalseSignatureAsync(AuditParts parts, OrgId org, long? forged, CancellationToken ct)
    {
        if (forged is { } at)
            return new(at, ChainFault.Forged, $"the checkpoint at {at} was not signed by this server");
        var anchors = await parts.Database.ReadAsync(db => AnchorTable.ListAsync(db, org, ct), ct);
        return anchors.FirstOrDefault(a => !parts.Retention.IsGenuine(a)) is { } anchor ? new(anchor.Seq + 1, ChainFault.Forged, $"that events up to {anchor.Seq} may be gone was not signed by this server") : null;
    }

    private static async Task<Ok<Page<CheckpointView>>> CheckpointsAsync([AsParameters] OrgPath path, [AsParameters] Paging paging, Caller caller, AuditParts parts, CancellationToken ct)
    {
        var org = await parts.Places.OrgAsync(caller, path, ct);
        var rows = await parts.Database.ReadAsync(db => CheckpointTable.ListAsync(db, org.Id, paging.Before(), paging.Take + 1, ct), ct);
        return TypedResults.Ok(paging.Of(rows, r => new CheckpointView(r.Seq, r.Hash, r.At, JsonNode.Parse(r.Body)!.AsObject()), r => r.Seq.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>A ZIP. That somebody took the log away is itself an event, and without it nothing is given out.</summary>
    private static async Task ExportAsync([AsParameters] OrgPath path, [AsParameters] ExportQuery query, HttpContext context, Caller caller, AuditParts parts)
    {
        var ct = context.RequestAborted;
        var org = await parts.Places.OrgAsync(caller, path, ct);
        var stretch = await parts.Stretches.FindAsync(org.Id, query, ct);
        await parts.Database.WriteAsync(caller.Causes(org.Id.ToString()), w =>
        {
            w.Record(new("access.audit-exported", [org.Id.ToString()], new() { ["first"] = stretch.After.Seq + 1, ["last"] = stretch.Last, ["format"] = stretch.Format }));
            return Task.CompletedTask;
        }, ct);
        context.Response.ContentType = "application/zip";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"audit-{org.Name}-{stretch.After.Seq + 1}-{stretch.Last}.zip\"";

        // What a ZIP still holds back is written without waiting when one of its files ends.
        context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        await parts.Pack.WriteAsync(context.Response.Body, stretch, ct);
    }

    private static async Task<Ok<AuditRetentionView>> RetentionAsync([AsParameters] OrgPath path, Caller caller, AuditParts parts, CancellationToken ct)
    {
        var org = await parts.Places.OrgAsync(caller, path, ct);
        return TypedResults.Ok(await ViewAsync(parts, org.Id, await parts.Database.ReadAsync(db => AuditPolicyTable.GetAsync(db, org.Id, ct), ct), ct));
    }

    private static async Task<Ok<Receipted<AuditRetentionView>>> SetRetentionAsync([AsParameters] OrgPath path, AuditRetentionRequest body, Caller caller, Writers write, AuditParts parts, CancellationToken ct)
    {
        var org = await write.Places.OrgAsync(caller, path, ct);
        if (body.KeepDays is < AuditPolicyRow.LeastKeepDays or > AuditPolicyRow.MostDays)
            throw new ProblemException(AuditProblems.BadRetention("The time that events stay in the log", AuditPolicyRow.LeastKeepDays, AuditPolicyRow.MostDays));
        if (body.ArchiveDays is < AuditPolicyRow.LeastArchiveDays or > AuditPolicyRow.MostDays || body.ArchiveDays < body.KeepDays)
            throw new ProblemException(AuditProblems.BadRetention("The time that archives are kept", Math.Max(AuditPolicyRow.LeastArchiveDays, body.KeepDays), AuditPolicyRow.MostDays));
        var was = await write.Database.ReadAsync(db => AuditPolicyTable.GetAsync(db, org.Id, ct), ct);
        var expected = body.ExpectedVersion ?? throw new ProblemException(ApiProblems.NeedsVersion(was.Version));
        var now = new AuditPolicyRow(body.KeepDays, body.ArchiveDays, expected + 1);
        var view = await ViewAsync(parts, org.Id, now, ct);
        return await write.WriteAsync(caller, org.Id.ToString(), async w =>
        {
            if (was.Version != expected || !await AuditPolicyTable.SetAsync(w, was, now, ct))
                throw new ProblemException(ApiProblems.Moved("retention", expected, was.Version));
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("audit-retention-set", "accepted", [org.Id.ToString()], [("see it", "davit audit retention show")]), ct);
            return TypedResults.Ok(new Receipted<AuditRetentionView>(view, receipt));
        }, ct);
    }

    private static async Task<AuditRetentionView> ViewAsync(AuditParts parts, OrgId org, AuditPolicyRow policy, CancellationToken ct)
    {
        var anchors = await parts.Database.ReadAsync(db => AnchorTable.ListAsync(db, org, ct), ct);
        return new(policy.KeepDays, policy.ArchiveDays, policy.Version)
        {
            Archives = [.. anchors.Select(a => new AuditArchiveView(a.Seq, a.At, a.Archive, JsonNode.Parse(a.Body)!.AsObject()))],
        };
    }
}

/// <param name="Address">An address, or a network such as <c>10.0.0.0/8</c>.</param>
/// <param name="Type">A type such as <c>app.created</c>, or <c>app.*</c>.</param>
/// <param name="Resource">The id of anything an event is about.</param>
internal sealed record AuditQuery(string? Actor, string? Type, string? Resource, string? Decision, string? Address, DateTimeOffset? Since, DateTimeOffset? Until)
{
    /// <exception cref="ProblemException">DV7905.</exception>
    public AuditFilter Filter()
    {
        if (Decision is not (null or "allowed" or "denied"))
            throw new ProblemException(AuditProblems.BadFilter($"'decision' is 'allowed' or 'denied', not '{Decision}'"));
        if (Address is { } address && address.Contains('/', StringComparison.Ordinal) && !IPNetwork.TryParse(address, out _))
            throw new ProblemException(AuditProblems.BadFilter($"'{address}' is not a network such as 10.0.0.0/8"));
        if (new[] { Actor, Type, Resource, Address }.Any(t => t is { Length: > 400 }))
            throw new ProblemException(AuditProblems.BadFilter("a value has more than 400 characters"));
        return new() { Actor = Actor, Type = Type, Resource = Resource, Decision = Decision, Address = Address, Since = Since, Until = Until };
    }
}

/// <param name="Format"><c>jsonl</c>, which is usual, or <c>csv</c>.</param>
/// <param name="After">Only events with a larger number.</param>
internal sealed record ExportQuery(string? Format, long? After, long? Last, DateTimeOffset? Since, DateTimeOffset? Until);

internal sealed record AuditParts(Places Places, Database Database, Checkpoints Checkpoints, AuditPack Pack, AuditStretches Stretches, AuditRetention Retention);
