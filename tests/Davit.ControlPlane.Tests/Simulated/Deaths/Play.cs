using Davit.ControlPlane.Content;
using Davit.ControlPlane.Releasing;
using Davit.ControlPlane.Tests.Support;
using Davit.Drivers;
using Davit.Drivers.Instances;
using Davit.Model;
using Davit.Planning.Wishes;
using Davit.Store.Access;
using Davit.Store.Ledger;
using Davit.Store.Releasing;
using Davit.Store.Resources;
using Davit.Wire;

namespace Davit.ControlPlane.Tests.Simulated.Deaths;

/// <summary>One environment on the stage, what is done to it, and what must hold at every moment and at the end.</summary>
internal sealed class Play(Stage stage, EnvId env, AppId app, CancellationToken ct)
{
    private const int MostTurns = 600;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private bool _isServed;

    /// <summary>The replica that acts now.</summary>
    public Replica Replica { get; private set; } = null!;

    public Executioner Executioner { get; private set; } = new();

    public Stage Stage => stage;

    public EnvId Env => env;

    /// <summary>The scenario itself takes what serves away.</summary>
    public bool MayBeDown { get; set; }

    public static async Task<Play> BeginAsync(Stage stage, CancellationToken ct)
    {
        var (app, env) = (Id.New<AppId>(TimeProvider.System), Id.New<EnvId>(TimeProvider.System));
        var name = "a" + Unique.Digits();
        await stage.Database.WriteAsync(Cause(stage), async w =>
        {
            var project = (await ProjectTable.FindAsync(w.Db, stage.Org, "default", ct))!;
            await AppTable.InsertAsync(w, new AppRow { Id = app, OrgId = stage.Org, ProjectId = project.Id, Name = name, Description = "", Version = 1, CreatedAt = w.At }, ct);
            await EnvTable.InsertAsync(w, env, app, "production", ct);
        }, ct);
        var play = new Play(stage, env, app, ct);
        await play.ReplaceAsync(new Executioner());
        return play;
    }

    /// <summary>The process ends without a word, and another one is started.</summary>
    public async Task ReplaceAsync(Executioner executioner)
    {
        if (Replica is not null)
            await Replica.DisposeAsync();
        Executioner = executioner;
        Replica = await Replica.StartAsync(stage, executioner);
    }

    /// <summary>What users must never meet, looked at after each effect: a table that names an instance which is not up.</summary>
    public void LookAsUser()
    {
        if (!_isServed || MayBeDown)
            return;
        stage.Edge.Serves(env.ToString()).ShouldBeTrue("nothing is routed any more");
        foreach (var instance in stage.Edge.Routed(env.ToString()))
            stage.World.IsRunning(instance).ShouldBeTrue($"{instance} is routed but does not run");
    }

    public Task DeployAsync(string image) => AcceptAsync(new DeployRequest(new DeploymentSource.Image(image, 8080)));

    public async Task DeployFilesAsync(params (string Name, string Text)[] files)
    {
        var id = Id.New<UploadId>(stage.Clock);
        var sources = Replica.Part<SourceResolver>();
        var incoming = sources.Scratch(id.ToString());
        Directory.CreateDirectory(incoming);
        foreach (var (name, text) in files)
            await File.WriteAllTextAsync(Path.Combine(incoming, name), text, ct);
        var digest = await ContentStore.HashAsync(incoming, ct);
        sources.Keep(incoming, digest);
        await stage.Database.WriteAsync(Cause(stage), w => UploadTable.InsertAsync(w, id, app, digest, (1, files.Length), ct), ct);
        await AcceptAsync(new DeployRequest(new DeploymentSource.Upload(id.ToString())));
    }

    public Task RollBackAsync() => AcceptAsync(new DeployRequest(new DeploymentSource.Former()));

    public async Task CancelAsync()
    {
        foreach (var row in await UnfinishedAsync())
            await stage.Database.WriteAsync(Cause(stage), w => DeploymentTable.RequestCancelAsync(w, row, ct), ct);
    }

    public Task ScaleAsync(int web) => stage.Database.WriteAsync(Cause(stage), w => EnvTable.SetScaleAsync(w, env, new Dictionary<string, int>(StringComparer.Ordinal) { ["web"] = web }, ct), ct);

    public async Task DeleteAsync()
    {
        MayBeDown = true;
        var row = (await RowAsync())!;
        await stage.Database.WriteAsync(Cause(stage), w => EnvTable.MarkDeletingAsync(w, env, row.Version, ct), ct);
    }

    /// <summary>One of the instances ends as a crash would end it. From then on users may meet the crash.</summary>
    public async Task CrashOneAsync()
    {
        var world = await stage.Driver.ObserveAsync(new OwnershipScope(stage.Installation.Id) { Env = env }, ct);
        if (world.Instances.FirstOrDefault(i => i.State.IsRunning) is not { } victim)
            return;
        MayBeDown = true;
        stage.World.Crash(victim.Name);
    }

    public async Task<bool> HasFormerAsync() => (await RowAsync())?.ServingId is { } id
        && await stage.Database.ReadAsync(async db => await DeploymentTable.PreviousServedAsync(db, (await DeploymentTable.GetAsync(db, id, ct))!, ct) is not null, ct);

    public async Task<DeploymentRow> NewestAsync() => (await stage.Database.ReadAsync(db => DeploymentTable.ListAsync(db, env, int.MaxValue, 1, ct), ct)).Single();

    public Task<EnvRow?> RowAsync() => stage.Database.ReadAsync(db => EnvTable.GetAsync(db, env, ct), ct);

    /// <summary>Turns until nothing moves, or until the process dies.</summary>
    /// <returns>Whether it still lives.</returns>
    public async Task<bool> RunAsync(int turns = MostTurns)
    {
        var quiet = 0;
        for (var turn = 0; turn < turns; turn++)
        {
            try
            {
                quiet = await Replica.TurnAsync(env, ct) ? 0 : quiet + 1;
            }
            catch (DiedException)
            {
                return false;
            }
            catch (ProblemException e) when (e.Problem.Of.IsRetryable)
            {
                // The loop reports it and looks again, and so does this one.
                quiet = 0;
            }

            if (quiet > 2)
                await Replica.IdleAsync();
            if (Executioner.IsDead)
                return false;
            if (quiet > 3)
                return true;
            _isServed |= (await RowAsync())?.ServingId is not null;
            LookAsUser();
            stage.Clock.Advance(Tick);

            // What was begun beside the turn, such as stopping an instance, gets its time too.
            await Task.Yield();
            if (turn > MostTurns / 4)
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, ct);
        }

        return turns < MostTurns ? true : throw new TimeoutException($"never came to rest in {MostTurns} turns: {await NewestAsync()}; {await RowAsync()}; {string.Join(", ", await InstancesAsync())}");
    }

    private async Task<IEnumerable<string>> InstancesAsync() =>
        (await stage.Driver.ObserveAsync(new OwnershipScope(stage.Installation.Id) { Env = env }, ct)).Instances.Select(i => $"{i.Name} {i.State}");

    /// <summary>At rest the environment is wholly of one release, the world holds what the ledger says, and each deployment ended once.</summary>
    public async Task ShouldBeWholeAsync()
    {
        var row = await RowAsync();
        var world = await stage.Driver.ObserveAsync(new OwnershipScope(stage.Installation.Id) { Env = env }, ct);
        var names = world.Instances.Select(i => i.Name).Order(StringComparer.Ordinal).ToArray();
        stage.Edge.Faults.ShouldBeEmpty();
        if (row is null)
        {
            (names.Length, world.Networks.Length, world.Volumes.Length).ShouldBe((0, 0, 0));
            stage.Edge.Routed(env.ToString()).ShouldBeEmpty();
            return;
        }

        (await UnfinishedAsync()).ShouldBeEmpty();
        var ledger = await stage.Database.ReadAsync(db => InstanceLedger.PresentAsync(db, env, ct), ct);
        var known = await stage.Database.ReadAsync(db => ObjectLedger.OfEnvAsync(db, env, ct), ct);
        names.ShouldBeSubsetOf(ledger.Select(i => i.Name));
        world.Networks.Select(n => n.Name).Order(StringComparer.Ordinal).ShouldBe(known.Where(o => o.Kind is "network").Select(o => o.Name));
        await ShouldServeWhollyAsync(row, world);
        await ShouldHaveOneReceiptEachAsync();
    }

    private async Task ShouldServeWhollyAsync(EnvRow row, RuntimeSight world)
    {
        if (row.ServingId is not { } id)
        {
            world.Instances.ShouldBeEmpty("nothing serves, but something runs");
            stage.Edge.Routed(env.ToString()).ShouldBeEmpty();
            return;
        }

        var serving = (await stage.Database.ReadAsync(db => DeploymentTable.GetAsync(db, id, ct), ct))!;
        serving.State.ShouldBeOfType<DeploymentState.Live>();
        var wish = WishJson.Read(serving.Wish!).WithScale(row.Scale);
        foreach (var service in wish.Services.Where(s => s is { Static: null, IsJob: false }))
        {
            var instances = world.Instances.Where(i => i.Owner.Service == service.Name).ToList();
            instances.Count.ShouldBe(service.Scale, service.Name);
            instances.ShouldAllBe(i => i.SpecHash == service.SpecHash && i.State is InstanceState.Running);
        }

        var routed = wish.Routes.Select(r => r.Service).ToHashSet(StringComparer.Ordinal);
        stage.Edge.Routed(env.ToString()).Order(StringComparer.Ordinal).ShouldBe(
            world.Instances.Where(i => routed.Contains(i.Owner.Service!)).Select(i => i.Name).Order(StringComparer.Ordinal));
    }

    private async Task ShouldHaveOneReceiptEachAsync()
    {
        var all = await stage.Database.ReadAsync(db => DeploymentTable.ListAsync(db, env, int.MaxValue, 100, ct), ct);
        foreach (var deployment in all)
        {
            deployment.State.IsFinal.ShouldBeTrue();
            var receipts = await stage.Database.ReadAsync(db => ReceiptTable.ListAsync(db, stage.Org, deployment.Id.ToString(), 100, ct), ct);
            receipts.Count(r => r.Kind is "deployment").ShouldBe(1, deployment.State.ToString());
        }
    }

    private Task<IReadOnlyList<DeploymentRow>> UnfinishedAsync() => stage.Database.ReadAsync(db => DeploymentTable.UnfinishedAsync(db, env, ct), ct);

    private async Task AcceptAsync(DeployRequest request) =>
        await Replica.AcceptAsync((await RowAsync())!, request, Callers.Owner(stage.Org, "tester", "req-0000001"), ct);

    private static Store.Cause Cause(Stage stage) => new(stage.Org, "tester", "req-0000001", "about");
}
