using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Drivers.Compliance;

/// <summary>One runtime for one test, with an installation of its own. Disposing it removes whatever the test left.</summary>
public abstract class DriverBed : IAsyncDisposable
{
    private readonly List<IRuntimeDriver> _opened = [];
    private readonly string _mark;
    private int _names;

    protected DriverBed()
    {
        Owner = new(Id.New<InstallationId>(TimeProvider.System), Id.New<OrgId>(TimeProvider.System), Id.New<AppId>(TimeProvider.System), Id.New<EnvId>(TimeProvider.System)) { Service = "web" };
        _mark = Id.Tail(Owner.Installation);
    }

    public Ownership Owner { get; }

    public OwnershipScope All => new(Owner.Installation);

    /// <summary>A reference that no registry and no store knows.</summary>
    public virtual string MissingImage => "localhost:1/davit/missing:1";

    /// <summary>A tag that the runtime has.</summary>
    public abstract string KnownImage { get; }

    /// <summary>A new driver object for the same runtime, as after a restart of the control plane.</summary>
    public IRuntimeDriver Open(InstallationId? installation = null)
    {
        var driver = Make(installation ?? Owner.Installation);
        _opened.Add(driver);
        return driver;
    }

    /// <summary>A name that nobody else uses.</summary>
    public string Name(string what = "web") => $"dvt-{_mark}-{what}-{Interlocked.Increment(ref _names)}";

    /// <summary>A complete spec for a workload.</summary>
    public InstanceSpec Spec(Workload workload, string? name = null) => Shape(
        new(name ?? Name(), Owner with { Release = Id.New<ReleaseId>(TimeProvider.System), Instance = Id.New<InstanceId>(TimeProvider.System) }, ""), workload);

    public abstract InstanceSpec Shape(InstanceSpec spec, Workload workload);

    public async ValueTask DisposeAsync()
    {
        await ClearAsync(Open(), All);
        foreach (var driver in _opened)
            await driver.DisposeAsync();
        Release();
        GC.SuppressFinalize(this);
    }

    public static async Task ClearAsync(IRuntimeDriver driver, OwnershipScope scope)
    {
        var sight = await driver.ObserveAsync(scope, CancellationToken.None);
        await Task.WhenAll(sight.Instances.Select(i => driver.RemoveInstanceAsync(i.Name, CancellationToken.None)));
        foreach (var network in sight.Networks)
            await driver.RemoveNetworkAsync(network.Name, CancellationToken.None);
        foreach (var volume in sight.Volumes)
            await driver.RemoveVolumeAsync(volume.Name, CancellationToken.None);
    }

    /// <summary>What is on this machine and not in the runtime.</summary>
    protected virtual void Release()
    {
    }

    protected abstract IRuntimeDriver Make(InstallationId installation);
}
