using System.Globalization;
using System.Text.Json.Nodes;
using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.Receipts;
using Davit.Model;
using Davit.Model.Audit;
using Davit.Store;
using Davit.Store.Events;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Audit;

/// <summary>
/// Moves what is older than an org's policy from the log to a signed archive. The order is archive, anchor, purge: whenever it
/// is cut short, every event is in the log or in an archive, and the next run goes on.
/// </summary>
internal sealed class AuditRetention(Database database, AuditPack pack, SigningKey key, ServerOptions options, TimeProvider clock)
{
    private const int Batch = 1000;

    /// <summary>One archive holds no more events than this, so that it can be opened anywhere.</summary>
    private const long MostPerArchive = 1_000_000;

    private const string Kind = "audit-anchor";

    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var org in await database.ReadAsync(db => OrgTable.AllAsync(db, ct), ct))
            await RunAsync(org, ct);
    }

    public async Task RunAsync(OrgId org, CancellationToken ct)
    {
        var policy = await database.ReadAsync(db => AuditPolicyTable.GetAsync(db, org, ct), ct);
        await PurgeAsync(org, ct);

        // That something was removed is an event too; the newest one always stays, so that a chain never ends in nothing.
        var newest = (await database.ReadAsync(db => ChainReading.HeadAsync(db, org, ct), ct))?.Seq ?? 0;
        while (await OldAsync(org, policy, newest, ct) is { } stretch)
        {
            var anchor = await ArchiveAsync(stretch, ct);
            await database.WriteAsync(new Cause(org, "davitd", Id.New<RequestId>(clock).ToString(), org.ToString()), w => AnchorTable.InsertAsync(w, anchor, stretch.After.Seq + 1, ct), ct);
            await PurgeAsync(org, ct);
        }

        ForgetArchives(org, policy);
    }

    public bool IsGenuine(AnchorRow anchor) => JsonNode.Parse(anchor.Body) is JsonObject statement && key.HasSealed(statement)
        && (string?)statement["kind"] == Kind && (string?)statement["org"] == anchor.OrgId.ToString() && (long)statement["seq"]! == anchor.Seq && (string?)statement["hash"] == anchor.Hash;

    public string DirectoryOf(OrgId org) => Path.Combine(options.AuditFiles, "archive", org.ToString());

    private async Task<AuditStretch?> OldAsync(OrgId org, AuditPolicyRow policy, long newest, CancellationToken ct)
    {
        var start = await database.ReadAsync(db => ChainReading.StartAsync(db, org, ct), ct);
        var old = await database.ReadAsync(db => AuditReading.SpanAsync(db, org, null, clock.GetUtcNow().AddDays(-policy.KeepDays), ct), ct);
        var last = Math.Min(Math.Min(old?.Last ?? 0, newest - 1), start.Seq + MostPerArchive);
        return last > start.Seq ? new AuditStretch(org, "jsonl", start, last) : null;
    }

    private async Task<AnchorRow> ArchiveAsync(AuditStretch stretch, CancellationToken ct)
    {
        var directory = Directory.CreateDirectory(DirectoryOf(stretch.Org), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        var name = string.Create(CultureInfo.InvariantCulture, $"events-{stretch.After.Seq + 1:D12}-{stretch.Last:D12}.zip");
        var beside = Path.Combine(directory, $"{name}.{Guid.CreateVersion7(clock.GetUtcNow()):N}");
        ChainPlace end;
        string digest;
        await using (var file = new FileStream(beside, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
        {
            var manifest = await pack.WriteAsync(file, stretch, ct);
            if (manifest.Count != stretch.Last - stretch.After.Seq)
                throw new ProblemException(AuditProblems.Broken(new(manifest.Last + 1, ChainFault.Missing, "the log has a gap, so nothing of it is archived or removed")));
            end = new(manifest.Last, manifest.LastHash);
            await file.FlushAsync(ct);
            RandomAccess.FlushToDisk(file.SafeFileHandle);
            file.Position = 0;
            digest = Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(file, ct));
        }

        File.Move(beside, Path.Combine(directory, name), overwrite: true);
        var now = clock.GetUtcNow();
        var statement = Checkpoints.Statement(Kind, stretch.Org, end, now);
        (statement["archive"], statement["sha256"]) = (name, digest);
        return new AnchorRow(stretch.Org, end.Seq, end.Hash, now, name, key.Seal(statement).ToJsonString());
    }

    private async Task PurgeAsync(OrgId org, CancellationToken ct)
    {
        while (await database.ReadAsync(db => AnchorTable.PurgeAsync(db, org, Batch, ct), ct) is Batch)
            ct.ThrowIfCancellationRequested();
    }

    /// <summary>The youngest event of an archive is as old as the policy was when it was made.</summary>
    private void ForgetArchives(OrgId org, AuditPolicyRow policy)
    {
        if (!Directory.Exists(DirectoryOf(org)))
            return;
        var before = clock.GetUtcNow().AddDays(policy.KeepDays - policy.ArchiveDays).UtcDateTime;
        foreach (var file in Directory.EnumerateFiles(DirectoryOf(org)).Where(f => File.GetLastWriteTimeUtc(f) < before))
            File.Delete(file);
    }
}
