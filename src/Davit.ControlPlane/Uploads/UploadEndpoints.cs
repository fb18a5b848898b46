using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Content;
using Davit.ControlPlane.Disks;
using Davit.ControlPlane.Receipts;
using Davit.ControlPlane.Releasing;
using Davit.ControlPlane.Sourcing;
using Davit.Model;
using Davit.Planning.Garbage;
using Davit.Store.Ledger;
using Davit.Store.Releasing;
using Davit.Wire;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Uploads;

internal static class UploadEndpoints
{
    public static void MapUploads(this IEndpointRouteBuilder app) => app
        .MapPost("/v1/orgs/{org}/projects/{project}/apps/{app}/uploads", ReceiveAsync)
        .Needs("upload:create").WithMetadata(new Streams()).WithName("ReceiveUpload").WithTags("Uploads");

    /// <summary>Takes a tar, plain or gzip, and keeps it unpacked under the hash of its content; equal content is kept once.</summary>
    private static async Task<Created<Receipted<UploadView>>> ReceiveAsync(
        [AsParameters] AppPath path, HttpContext context, Caller caller, Writers write, UploadParts parts, CancellationToken ct)
    {
        var app = await write.Places.AppAsync(caller, path, ct);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = SourceArchive.MaxBytes;

        var sources = parts.Sources;
        parts.Disk.Admit("the upload");
        var id = Id.New<UploadId>(write.Clock);
        var incoming = sources.Scratch(id.ToString());
        try
        {
            var unpacked = await SourceArchive.UnpackAsync(context.Request.Body, incoming, ct);
            var digest = await ContentStore.HashAsync(incoming, ct);
            return await write.WriteAsync(caller, id.ToString(), async w =>
            {
                // Under the lock of the source: a collection either sees the upload's row or is over before the content is put in place.
                await ArtefactHolds.LockAsync(w.Db, [new Held(ThingKind.Source, MakingLedger.Digits(digest))], ct);
                sources.Keep(incoming, digest);
                await UploadTable.InsertAsync(w, id, app.Id, digest, (unpacked.Bytes, unpacked.Files), ct);
                var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("upload", "accepted", [id.ToString()], [("deploy it", $"davit deploy --app {app.Name}")]), ct);
                return TypedResults.Created((string?)null, new Receipted<UploadView>(new(id.ToString(), digest, unpacked.Bytes, unpacked.Files), receipt));
            }, ct);
        }
        finally
        {
            if (Directory.Exists(incoming))
                Directory.Delete(incoming, recursive: true);
        }
    }
}

internal sealed record UploadParts(SourceResolver Sources, DiskGuard Disk);
