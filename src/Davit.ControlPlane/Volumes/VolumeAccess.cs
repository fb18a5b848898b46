using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.Leases;
using Davit.Drivers;
using Davit.Drivers.Instances;
using Davit.Model;
using Davit.Planning.Instances;
using Davit.Planning.Wishes;
using Davit.Store;
using Davit.Store.Leases;
using Davit.Store.Ledger;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Volumes;

/// <summary>On whose behalf volumes are opened.</summary>
/// <param name="Wish">What serves; by an image of it volumes are opened.</param>
internal sealed record VolumeScope(EnvRow Env, Wish Wish, Holding Held, Cause Cause);

/// <summary>
/// Opens volumes by means of an instance that mounts them and is never started, and makes and removes them. What is made for the
/// moment has a name of its own and a ledger row, so that a repeat after a crash finds and removes it.
/// </summary>
internal sealed partial class VolumeAccess(IRuntimeDriver driver, EffectGate gate, Installation installation, ILogger<VolumeAccess> log)
{
    /// <summary>Every volume of the environment that the runtime has.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(EnvRow env, CancellationToken ct) => [.. (await ObserveAsync(env, ct)).Volumes.Select(v => v.Name)];

    /// <summary>An instance of a service that mounts the volume, also a one-off one; null when there is none.</summary>
    public async Task<string?> UserAsync(VolumeScope scope, string volume, CancellationToken ct) => (await UsersAsync(scope, volume, ct)).FirstOrDefault()?.Name;

    /// <summary>Lets everything that runs on the volume stand still.</summary>
    /// <returns>Their names.</returns>
    public async Task<IReadOnlyList<string>> PauseUsersAsync(VolumeScope scope, string volume, CancellationToken ct)
    {
        string[] running = [.. (await UsersAsync(scope, volume, ct)).Where(i => i.State.IsRunning).Select(i => i.Name)];
        foreach (var name in running)
            await DoAsync(scope, "pause-instance", name, () => driver.PauseInstanceAsync(name, ct), ct);
        return running;
    }

    /// <summary>Whether nothing could write since these were paused.</summary>
    public async Task<bool> AreStillAsync(VolumeScope scope, string volume, IReadOnlyList<string> paused, CancellationToken ct)
    {
        var running = (await UsersAsync(scope, volume, ct)).Where(i => i.State.IsRunning).ToList();
        return running.All(i => i.State is InstanceState.Paused) && running.Select(i => i.Name).ToHashSet(StringComparer.Ordinal).SetEquals(paused);
    }

    /// <summary>Lets everything of the environment go on, also what a process that is dead now has paused.</summary>
    public async Task ResumeAsync(VolumeScope scope, CancellationToken ct)
    {
        foreach (var instance in (await ObserveAsync(scope.Env, ct)).Instances.Where(i => i.State is InstanceState.Paused))
            await DoAsync(scope, "resume-instance", instance.Name, () => driver.ResumeInstanceAsync(instance.Name, ct), ct);
    }

    /// <exception cref="ProblemException">DV6006 when nothing is deployed, and whatever the driver refuses.</exception>
    public async Task<T> OpenAsync<T>(VolumeScope scope, string volume, bool readOnly, Func<OpenVolume, Task<T>> use, CancellationToken ct)
    {
        var helper = Helper(volume);
        var spec = Spec(scope, volume, helper, readOnly);
        await RegisterAsync(scope, "helper", helper, ct);
        await DoAsync(scope, "remove-instance", helper, () => driver.RemoveInstanceAsync(helper, ct), ct);
        try
        {
            await DoAsync(scope, "create-instance", helper, () => driver.CreateInstanceAsync(spec, ct), ct);
            return await use(new OpenVolume(
                token => driver.ReadArchiveAsync(helper, VolumeTar.Mount, token),
                (tar, token) => DoAsync(scope, "write-volume", volume, () => driver.WriteArchiveAsync(helper, "/", tar, token), token)));
        }
        finally
        {
            await CleanAsync(scope, "helper", helper);
        }
    }

    /// <summary>Makes it anew and empty. What was in it is gone, so whoever asks must be sure.</summary>
    /// <param name="kind"><c>volume</c>, <c>snapshot</c>, or <c>scratch</c> for one that goes again.</param>
    public async Task RemakeAsync(VolumeScope scope, string kind, string volume, CancellationToken ct)
    {
        await RegisterAsync(scope, kind, volume, ct);
        await DoAsync(scope, "remove-instance", Helper(volume), () => driver.RemoveInstanceAsync(Helper(volume), ct), ct);
        await DoAsync(scope, "remove-volume", volume, () => driver.RemoveVolumeAsync(volume, ct), ct);
        var spec = scope.Wish.Volumes.FirstOrDefault(v => v.Name == volume) ?? new VolumeSpec(volume, Owner(scope.Env));
        await DoAsync(scope, "ensure-volume", volume, () => driver.EnsureVolumeAsync(spec, ct), ct);
    }

    /// <summary>Takes away what was made on the way. What cannot be removed now keeps its ledger row and goes at the next sweep.</summary>
    /// <returns>Whether it is gone.</returns>
    public async Task<bool> CleanAsync(VolumeScope scope, string kind, string name)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        try
        {
            await DoAsync(scope, kind is "helper" ? "remove-instance" : "remove-volume", name,
                () => kind is "helper" ? driver.RemoveInstanceAsync(name, patience.Token) : driver.RemoveVolumeAsync(name, patience.Token), patience.Token);
            await gate.WriteAsync(scope.Held, scope.Cause, $"{kind}.removed", w => ObjectLedger.MarkRemovedAsync(w, new OwnedObject(kind, name), patience.Token), patience.Token);
            return true;
        }
        catch (Exception e) when (e is ProblemException or OperationCanceledException)
        {
            LogLeft(kind, name, e.Message);
            return false;
        }
    }

    private async Task<IEnumerable<InstanceSight>> UsersAsync(VolumeScope scope, string volume, CancellationToken ct)
    {
        var users = scope.Wish.Services.Where(s => s.Mounts(volume)).Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        return (await ObserveAsync(scope.Env, ct)).Instances.Where(i => i.Owner.Service is { } service && users.Contains(service));
    }

    private static string Helper(string volume) => $"{volume}-opened";

    private Task<RuntimeSight> ObserveAsync(EnvRow env, CancellationToken ct) => driver.ObserveAsync(new OwnershipScope(installation.Id) { Env = env.Id }, ct);

    private Ownership Owner(EnvRow env) => new(installation.Id, env.OrgId, env.AppId, env.Id);

    private InstanceSpec Spec(VolumeScope scope, string volume, string name, bool readOnly)
    {
        var template = (scope.Wish.Services.FirstOrDefault(s => s.Static is null && s.Mounts(volume)) ?? scope.Wish.Services.FirstOrDefault(s => s.Static is null))?.Template
            ?? throw new ProblemException(VolumeProblems.OutOfReach(volume));
        return new InstanceSpec(name, Owner(scope.Env), template.Image)
        {
            Platform = template.Platform,
            Process = new ProcessSpec { Entrypoint = [], Command = ["never-started"] },
            Mounts = [new MountSpec.Volume(volume, VolumeTar.Mount) { ReadOnly = readOnly, NoCopy = true }],
            Connectivity = new ConnectivitySpec { Mode = "none" },
        };
    }

    private Task RegisterAsync(VolumeScope scope, string kind, string name, CancellationToken ct) =>
        gate.WriteAsync(scope.Held, scope.Cause, $"{kind}.assigned", w => ObjectLedger.InsertAsync(w, scope.Env.AppId, scope.Env.Id, new OwnedObject(kind, name), ct), ct);

    private Task DoAsync(VolumeScope scope, string name, string subject, Func<Task> act, CancellationToken ct) =>
        gate.DoAsync(scope.Held, new Effect(scope.Env.Id, null, name, subject), act, ct);

    [LoggerMessage(EventId = 6001, Level = LogLevel.Warning, Message = "{Kind} {Name} is left for now: {Why}")]
    private partial void LogLeft(string kind, string name, string why);
}

/// <summary>A volume that can be read and written as a whole.</summary>
internal sealed record OpenVolume(Func<CancellationToken, Task<Stream>> ReadAsync, Func<Stream, CancellationToken, Task> WriteAsync);
