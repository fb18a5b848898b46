using System.Formats.Tar;
using System.Text;
using Davit.ControlPlane.Tests.Simulated.Deaths;
using Davit.ControlPlane.Volumes;
using Davit.Drivers;
using Davit.Drivers.Memory;
using Davit.Model;
using Davit.Store;
using Davit.Store.Access;
using Davit.Store.Ledger;
using Davit.Store.Volumes;
using Davit.Testing.Postgres;

namespace Davit.ControlPlane.Tests.Simulated;

/// <summary>
/// Every effect of a backup, of each kind of restore and of snapshots: the process dies just before it or just after it, and another one goes
/// on. Nothing ever runs on half of the data, and nothing that stands still for a snapshot does so for longer. Simulated: volumes live in memory, the target is a real directory.
/// </summary>
public sealed class VolumeDeathTests(PostgresServer server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("backup")]
    [InlineData("stopped backup")]
    [InlineData("proof")]
    [InlineData("new")]
    [InlineData("in-place")]
    [InlineData("snapshot")]
    [InlineData("stopped snapshot")]
    [InlineData("snapshot restore")]
    [InlineData("snapshot clone")]
    [InlineData("snapshot delete")]
    public async Task Wherever_the_process_dies_the_next_one_finishes_and_nothing_is_left_or_lost(string kind)
    {
        await using var stage = await Stage.SetAsync(server, Ct);
        Scenario.Furnish(stage);
        var (recorded, _) = await RunAsync(stage, kind, null);
        recorded.Count.ShouldBeGreaterThan(kind is "snapshot delete" ? 5 : 10);

        var died = 0;
        var points = recorded.Chosen();
        foreach (var point in points)
        {
            try
            {
                died += (await RunAsync(stage, kind, point)).Died ? 1 : 0;
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"{kind}, dead {point}: {e.Message}", e);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{kind}: {points.Count} points, died at {died}");
        died.ShouldBeGreaterThan(points.Count * 3 / 4);
    }

    private static async Task<(IReadOnlyList<KillPoint> Seen, bool Died)> RunAsync(Stage stage, string kind, KillPoint? point)
    {
        var play = await Play.BeginAsync(stage, Ct);
        play.MayBeDown = true;
        await play.DeployFilesAsync(Scenario.Volume("web:1"));
        await play.RunAsync();
        var acted = new Acted(play, (await stage.Driver.ObserveAsync(new OwnershipScope(stage.Installation.Id) { Env = play.Env }, Ct)).Volumes.Single().Name);
        acted.Put("old");
        var backup = await acted.BackUpAsync(stops: false);
        var before = kind is "snapshot restore" or "snapshot clone" or "snapshot delete" ? await acted.SnapshotAsync("live") : (SnapshotId?)null;
        await play.RunAsync();
        acted.Put("new");

        await play.ReplaceAsync(new Executioner { At = point, AfterEach = acted.LookAsService });
        var about = kind switch
        {
            "backup" or "stopped backup" => (await acted.BackUpAsync(kind is "stopped backup")).ToString(),
            "snapshot" or "stopped snapshot" => (await acted.SnapshotAsync(kind is "snapshot" ? "paused" : "stopped")).ToString(),
            "snapshot delete" => await acted.DeleteAsync(before!.Value),
            _ => (await acted.RestoreAsync(backup, before, kind is "snapshot restore" ? "in-place" : kind is "snapshot clone" ? "new" : kind)).ToString(),
        };
        var lives = await play.RunAsync();
        var seen = play.Executioner.Seen;
        await play.ReplaceAsync(new Executioner { AfterEach = acted.LookAsService });
        (await play.RunAsync()).ShouldBeTrue();
        await play.ShouldBeWholeAsync();
        await acted.ShouldBeDoneAsync(kind, about);
        await play.Replica.DisposeAsync();
        return (seen, !lives);
    }

    private sealed class Acted(Play play, string volume)
    {
        private string Copy => volume.Replace("-data-", "-copy-", StringComparison.Ordinal);

        public void Put(string word)
        {
            foreach (var path in (string[])["one", "d/two"])
                play.Stage.World.Put(volume, path, new MemoryFile(TarEntryType.RegularFile, Encoding.UTF8.GetBytes(word)) { Uid = 70 });
        }

        /// <summary>What a service that runs must never meet: data that is neither the old nor the new.</summary>
        public void LookAsService()
        {
            if (play.Stage.World.IsAnyRunningOn(volume))
                Words(volume).Distinct().ShouldHaveSingleItem("a service runs on half of the data");
        }

        public async Task<SnapshotId> SnapshotAsync(string method)
        {
            var draft = new SnapshotDraft(Id.New<SnapshotId>(play.Stage.Clock), play.Env, (volume, "data"), method);
            await WriteAsync(w => SnapshotTable.BeginAsync(w, draft, Ct));
            return draft.Id;
        }

        public async Task<string> DeleteAsync(SnapshotId id)
        {
            var row = (await play.Stage.Database.ReadAsync(db => SnapshotTable.GetAsync(db, id, Ct), Ct))!;
            await WriteAsync(w => SnapshotTable.DeleteAsync(w, row, Ct));
            return id.ToString();
        }

        public async Task<BackupId> BackUpAsync(bool stops)
        {
            var id = Id.New<BackupId>(play.Stage.Clock);
            await WriteAsync(async w =>
            {
                await BackedVolumes.EnsureAsync(w, play.Env, volume, "data", Ct);
                await BackupTable.BeginAsync(w, id, play.Env, volume, stops, Ct);
            });
            return id;
        }

        public async Task<RestoreId> RestoreAsync(BackupId backup, SnapshotId? snapshot, string kind)
        {
            var id = Id.New<RestoreId>(play.Stage.Clock);
            var app = (await play.RowAsync())!.AppId;
            await WriteAsync(async w =>
            {
                if (kind is "new")
                    await ObjectLedger.InsertAsync(w, app, play.Env, new OwnedObject("volume", Copy), Ct);
                await RestoreTable.BeginAsync(w, new(id, play.Env, snapshot is null ? backup : null, kind is "new" ? Copy : volume, kind) { Snapshot = snapshot }, Ct);
            });
            return id;
        }

        public async Task ShouldBeDoneAsync(string kind, string about)
        {
            await play.Replica.ScheduleAsync(Ct);
            var reading = play.Replica.Part<BackupParts>().Reading(volume);
            var backups = await play.Stage.Database.ReadAsync(db => BackupTable.OfVolumeAsync(db, volume, Ct), Ct);
            backups.Count.ShouldBe(kind is "backup" or "stopped backup" ? 2 : 1);
            foreach (var backup in backups)
            {
                backup.State.ShouldBe("done", backup.Problem?.ToString());
                await reading.VerifyAsync(await reading.IndexAsync(backup.Id, Ct), Ct);
            }

            (await play.Stage.Database.ReadAsync(db => RestoreTable.OpenAsync(db, Ct), Ct)).ShouldBeEmpty();
            Words(volume).ShouldAllBe(w => w == (kind == "in-place" || kind == "snapshot restore" ? "old" : "new"));
            await SnapshotsShouldBeWholeAsync(kind);
            if (kind is "new" or "snapshot clone")
                Words(Copy).ShouldBe(["old", "old"]);
            var receipts = await play.Stage.Database.ReadAsync(db => ReceiptTable.ListAsync(db, play.Stage.Org, about, 10, Ct), Ct);
            receipts.Count(r => r.Kind is "backup" or "restore" or "backup-proof" or "snapshot" or "snapshot-delete").ShouldBe(kind is "snapshot delete" ? 2 : 1);

            var objects = await play.Stage.Database.ReadAsync(db => ObjectLedger.OfEnvAsync(db, play.Env, Ct), Ct);
            objects.ShouldAllBe(o => o.Kind == "network" || o.Kind == "volume" || o.Kind == "snapshot");
            var world = await play.Stage.Driver.ObserveAsync(new OwnershipScope(play.Stage.Installation.Id) { Env = play.Env }, Ct);
            world.Volumes.Select(v => v.Name).Order(StringComparer.Ordinal).ShouldBe(objects.Where(o => o.Kind is "volume" or "snapshot").Select(o => o.Name).Order(StringComparer.Ordinal));
            world.Instances.ShouldHaveSingleItem();
        }

        private async Task SnapshotsShouldBeWholeAsync(string kind)
        {
            play.Stage.World.IsAnyPaused.ShouldBeFalse("something stands still though nothing is under way");
            var snapshots = await play.Stage.Database.ReadAsync(db => SnapshotTable.OfEnvAsync(db, play.Env, Ct), Ct);
            snapshots.Count.ShouldBe(kind.StartsWith("snapshot", StringComparison.Ordinal) && kind is not "snapshot delete" || kind is "stopped snapshot" ? 1 : 0);
            foreach (var snapshot in snapshots)
            {
                snapshot.State.ShouldBe("done", snapshot.Problem?.ToString());
                Words(snapshot.KeptIn).ShouldBe(kind is "snapshot restore" or "snapshot clone" ? ["old", "old"] : ["new", "new"]);
            }
        }

        private IEnumerable<string> Words(string name) => play.Stage.World.FilesOf(name).Values.Where(f => f.Type is TarEntryType.RegularFile).Select(f => Encoding.UTF8.GetString(f.Bytes));

        private Task WriteAsync(Func<Writing, Task> work) => play.Stage.Database.WriteAsync(new Cause(play.Stage.Org, "tester", "req-0000001", "about"), work, Ct);
    }
}
