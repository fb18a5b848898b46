using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.Tests.Simulated.Deaths;
using Davit.ControlPlane.Volumes;
using Davit.Drivers;
using Davit.Drivers.Memory;
using Davit.Model;
using Davit.Store;
using Davit.Store.Volumes;
using Davit.Testing.Postgres;

namespace Davit.ControlPlane.Tests.Volumes;

/// <summary>Backups that nothing keeps go, with the chunks that only they needed. Simulated volumes, time of the test's own, a target of each kind.</summary>
public abstract class RetentionCompliance(PostgresServer server) : IAsyncLifetime
{
    private Stage _stage = null!;
    private Play _play = null!;
    private string _volume = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IBackupTarget Target => _play.Replica.Part<IBackupTarget>();

    private string Chunks => _play.Replica.Part<BackupParts>().Place(_volume).Chunks;

    private string Indexes => _play.Replica.Part<BackupParts>().Place(_volume).Indexes;

    public async ValueTask InitializeAsync()
    {
        _stage = await Stage.SetAsync(server, Ct, Place);
        Scenario.Furnish(_stage);
        _play = await Play.BeginAsync(_stage, Ct);
        _play.MayBeDown = true;
        await _play.DeployFilesAsync(Scenario.Volume("web:1"));
        await _play.RunAsync();
        _volume = (await _stage.Driver.ObserveAsync(new OwnershipScope(_stage.Installation.Id) { Env = _play.Env }, Ct)).Volumes.Single().Name;
        await WriteAsync(async w =>
        {
            await BackedVolumes.EnsureAsync(w, _play.Env, _volume, "data", Ct);
            await BackedVolumes.SetPolicyAsync(w, _play.Env, _volume, new BackupPolicy(null, null, 2), Ct);
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _play.Replica.DisposeAsync();
        await _stage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_is_too_much_goes_with_the_chunks_that_only_it_needed()
    {
        var made = await BackUpAsync(4);
        (await CountAsync(Chunks)).ShouldBe(5, "one chunk is common to all");

        await _play.Replica.ScheduleAsync(Ct);

        (await BackupsAsync()).ShouldBe([made[3], made[2]]);
        (await Target.ListAsync(Indexes, Ct)).Keys.Order(StringComparer.Ordinal).ShouldBe([.. made[2..].Select(m => m.ToString())]);
        (await CountAsync(Chunks)).ShouldBe(3);
        await EveryoneIsWholeAsync();
    }

    [Fact]
    public async Task The_newest_proven_one_stays_whatever_its_age()
    {
        var made = await BackUpAsync(1);
        await WriteAsync(w => RestoreTable.BeginAsync(w, new(Id.New<RestoreId>(_stage.Clock), _play.Env, made[0], _volume, "proof"), Ct));
        await _play.RunAsync();
        var later = await BackUpAsync(4);
        await _play.Replica.ScheduleAsync(Ct);

        (await BackupsAsync()).ShouldBe([later[3], later[2], made[0]]);
        await EveryoneIsWholeAsync();
    }

    [Fact]
    public async Task Nothing_is_swept_while_an_index_cannot_be_read()
    {
        await BackUpAsync(4);
        await Target.PutAsync($"{Indexes}/{Id.New<BackupId>(_stage.Clock)}", "of another installation"u8.ToArray(), Ct);

        await _play.Replica.ScheduleAsync(Ct);

        (await BackupsAsync()).Count.ShouldBe(2);
        (await CountAsync(Chunks)).ShouldBe(5);
    }

    [Fact]
    public async Task What_a_database_of_an_older_state_does_not_know_keeps_its_chunks()
    {
        var made = await BackUpAsync(4);
        var (unknown, name) = ((await Target.GetAsync($"{Indexes}/{made[0]}", Ct))!, $"{Indexes}/{made[0]}");
        await _play.Replica.ScheduleAsync(Ct);
        (await CountAsync(Chunks)).ShouldBe(3);
        await Target.PutAsync(name, unknown, Ct);
        await BackUpAsync(2);
        var before = await CountAsync(Chunks);

        await _play.Replica.ScheduleAsync(Ct);

        (await Target.GetAsync(name, Ct)).ShouldNotBeNull();
        (await CountAsync(Chunks)).ShouldBe(before - 2);
    }

    [Fact]
    public async Task Two_weeks_after_the_volume_everything_of_it_is_gone()
    {
        await BackUpAsync(2);
        await _stage.Driver.RemoveInstanceAsync((await _stage.Driver.ObserveAsync(new OwnershipScope(_stage.Installation.Id) { Env = _play.Env }, Ct)).Instances.Single().Name, Ct);
        await WriteAsync(w => Davit.Store.Ledger.ObjectLedger.MarkRemovedAsync(w, new("volume", _volume), Ct));
        await _play.Replica.ScheduleAsync(Ct);
        (await BackupsAsync()).Count.ShouldBe(2);

        _stage.Clock.Advance(TimeSpan.FromDays(13));
        await _play.Replica.ScheduleAsync(Ct);
        (await BackupsAsync()).Count.ShouldBe(2);
        _stage.Clock.Advance(TimeSpan.FromDays(1.1));
        await _play.Replica.ScheduleAsync(Ct);

        (await BackupsAsync()).ShouldBeEmpty();
        (await CountAsync(Chunks) + await CountAsync(Indexes)).ShouldBe(0);
        (await _stage.Database.ReadAsync(db => BackedVolumes.AllAsync(db, Ct), Ct)).ShouldBeEmpty();
    }

    /// <summary>Where the backups go; the directory of the stage when it stays as it is.</summary>
    private protected abstract ServerOptions Place(ServerOptions options);

    private async Task<int> CountAsync(string directory) => (await Target.ListAsync(directory, Ct)).Count;

    private async Task<BackupId[]> BackUpAsync(int count)
    {
        var made = new List<BackupId>();
        for (var i = 0; i < count; i++)
        {
            _stage.World.Put(_volume, "common", new MemoryFile(System.Formats.Tar.TarEntryType.RegularFile, [1, 2, 3]));
            _stage.World.Put(_volume, "own", new MemoryFile(System.Formats.Tar.TarEntryType.RegularFile, Backed.Noise(40)));
            _stage.Clock.Advance(TimeSpan.FromHours(1));
            made.Add(Id.New<BackupId>(_stage.Clock));
            await WriteAsync(w => BackupTable.BeginAsync(w, made[^1], _play.Env, _volume, stops: false, Ct));
            await _play.RunAsync();
        }

        return [.. made];
    }

    private async Task<IReadOnlyList<BackupId>> BackupsAsync() => [.. (await _stage.Database.ReadAsync(db => BackupTable.OfVolumeAsync(db, _volume, Ct), Ct)).Select(b => b.Id)];

    private async Task EveryoneIsWholeAsync()
    {
        var reading = _play.Replica.Part<BackupParts>().Reading(_volume);
        foreach (var id in await BackupsAsync())
            await reading.VerifyAsync(await reading.IndexAsync(id, Ct), Ct);
    }

    private Task WriteAsync(Func<Writing, Task> work) => _stage.Database.WriteAsync(new Cause(_stage.Org, "tester", "req-0000001", "about"), work, Ct);
}

public sealed class RetentionTests(PostgresServer server) : RetentionCompliance(server)
{
    private protected override ServerOptions Place(ServerOptions options) => options;
}

public sealed class SimulatedS3RetentionTests(PostgresServer server, SimulatedS3 s3) : RetentionCompliance(server), IClassFixture<SimulatedS3>
{
    private protected override ServerOptions Place(ServerOptions options) => options with { Backups = s3.Place().ToString(), BackupsS3 = s3.Settings };
}
