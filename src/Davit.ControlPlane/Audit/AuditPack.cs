using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Davit.ControlPlane.Events;
using Davit.ControlPlane.Receipts;
using Davit.Model;
using Davit.Model.Audit;
using Davit.Store;
using Davit.Store.Events;
using Davit.Wire;

namespace Davit.ControlPlane.Audit;

/// <summary>What goes into one export.</summary>
/// <param name="Format"><c>jsonl</c> or <c>csv</c>.</param>
/// <param name="After">The place that the first event follows.</param>
/// <param name="Last">The number of the last event.</param>
internal sealed record AuditStretch(OrgId Org, string Format, ChainPlace After, long Last);

/// <summary>
/// Writes a stretch of the log as a ZIP with the events, a manifest that holds their digest, the manifest's signature and the
/// public key. It streams: neither the events nor the file are ever in memory as a whole. <c>openssl</c> can check it.
/// </summary>
internal sealed class AuditPack(Database database, SigningKey key, TimeProvider clock)
{
    private static readonly UTF8Encoding Text = new(encoderShouldEmitUTF8Identifier: false);

    public async Task<AuditManifest> WriteAsync(Stream to, AuditStretch asked, CancellationToken ct)
    {
        var file = $"events.{asked.Format}";
        await using var pack = await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, Text, ct);
        var written = await EventsAsync(pack, file, asked, ct);
        var head = await database.ReadAsync(db => ChainReading.HeadAsync(db, asked.Org, ct), ct);
        var manifest = new AuditManifest(
            AuditManifest.Current, asked.Org.ToString(), file, written.Count, asked.After.Seq + 1, written.Last.Seq, asked.After.Hash, written.Last.Hash, written.Sha256, written.Bytes, clock.GetUtcNow(), key.Id)
        {
            Head = head?.Seq ?? 0,
        };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(manifest, WireJson.Default.AuditManifest);
        await EntryAsync(pack, AuditManifest.ManifestFile, bytes, ct);
        await EntryAsync(pack, AuditManifest.SignatureFile, key.SignFile(bytes), ct);
        await EntryAsync(pack, AuditManifest.KeyFile, Text.GetBytes(key.PublicPem), ct);
        return manifest;
    }

    private Task<Written> EventsAsync(ZipArchive pack, string file, AuditStretch asked, CancellationToken ct) => database.ReadAsync(async db =>
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var entry = await pack.CreateEntry(file, CompressionLevel.Fastest).OpenAsync(ct);
        var (bytes, count, last) = (0L, 0L, asked.After);
        if (asked.Format is "csv")
            await LineAsync(AuditLines.CsvHead);
        await foreach (var row in ChainReading.RangeAsync(db, asked.Org, asked.After.Seq, asked.Last, ct))
        {
            var view = EventEndpoints.View(row);
            await LineAsync(asked.Format is "csv" ? AuditLines.Csv(view) : AuditLines.Json(view));
            (count, last) = (count + 1, new ChainPlace(row.Seq, row.Hash));
        }

        return new Written(count, last, Convert.ToHexStringLower(hash.GetHashAndReset()), bytes);

        async Task LineAsync(string line)
        {
            var encoded = Text.GetBytes(line + "\n");
            hash.AppendData(encoded);
            bytes += encoded.Length;
            await entry.WriteAsync(encoded, ct);
        }
    }, ct);

    private static async Task EntryAsync(ZipArchive pack, string name, byte[] bytes, CancellationToken ct)
    {
        await using var entry = await pack.CreateEntry(name, CompressionLevel.NoCompression).OpenAsync(ct);
        await entry.WriteAsync(bytes, ct);
    }

    private sealed record Written(long Count, ChainPlace Last, string Sha256, long Bytes);
}
