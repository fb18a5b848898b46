using System.Collections.Immutable;
using Davit.Drivers.Builds;
using Davit.Drivers.Docker.Builds;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Events;
using Davit.Drivers.Docker.Exec;
using Davit.Drivers.Docker.Files;
using Davit.Drivers.Docker.Hooks;
using Davit.Drivers.Docker.Images;
using Davit.Drivers.Docker.Instances;
using Davit.Drivers.Docker.Logs;
using Davit.Drivers.Docker.Networks;
using Davit.Drivers.Docker.Volumes;
using Davit.Drivers.Events;
using Davit.Drivers.Exec;
using Davit.Drivers.Images;
using Davit.Drivers.Instances;
using Davit.Drivers.Logs;
using Davit.Planning.Garbage;
using Davit.Planning.Instances;

namespace Davit.Drivers.Docker;

/// <summary>Runs instances as containers of one Docker engine. Holds no state of its own: everything is read from the engine.</summary>
public sealed class DockerDriver : IRuntimeDriver
{
    private readonly EngineClient _engine;
    private readonly InstanceReader _instances;
    private readonly SecretsDirectory _secrets;
    private readonly OneOffRun _runs;
    private readonly PreparedCreation _creation;
    private readonly InstanceLifecycle _lifecycle;
    private readonly NetworkStore _networks;
    private readonly VolumeStore _volumes;
    private readonly ImageStore _images;
    private readonly ImageResolution _resolution;
    private readonly ImageBuilds _builds;
    private readonly LogReader _logs;
    private readonly ContainerArchives _archives;
    private readonly EngineInventory _inventory;

    public DockerDriver(DockerDriverOptions options, TimeProvider clock)
    {
        _engine = new(options.Endpoint, clock);
        _instances = new(_engine, options.Installation);
        _secrets = new(options);
        var files = new FileDelivery(_engine, _secrets);
        _networks = new(_engine, _instances);
        _volumes = new(_engine, _instances);
        _images = new(_engine);
        _resolution = new(_engine, _images);
        _builds = new(_engine, _images, options);
        _logs = new(_engine, _instances);
        _lifecycle = new(_engine, _instances, files, _images);
        var creation = new InstanceCreation(_engine, _instances, files, new FixedAddresses(_engine), options);
        _runs = new(creation, _lifecycle, _logs);
        _creation = new(_engine, _instances, _images, creation, _runs, _lifecycle);
        _archives = new(_engine, _instances);
        _inventory = new(_engine, _instances);
    }

    public string Id => "docker";

    public DriverCapabilities Capabilities => EngineInventory.Always | EngineInventory.Newer;

    public Task<RuntimeFacts> DescribeAsync(CancellationToken ct) => Answered.ExplainAsync(_inventory.DescribeAsync(ct));

    public async Task<RuntimeSight> ObserveAsync(OwnershipScope scope, CancellationToken ct)
    {
        var at = _engine.Clock.GetUtcNow();
        var instances = await Answered.ExplainAsync(_instances.ListAsync(scope, ct));
        if (scope == new OwnershipScope(scope.Installation))
            _secrets.Sweep(instances.Select(i => i.Name).ToHashSet(StringComparer.Ordinal), at);
        return new(
            at,
            instances,
            await Answered.ExplainAsync(_networks.ListAsync(scope, ct)),
            await Answered.ExplainAsync(_volumes.ListAsync(scope, ct)),
            await Answered.ExplainAsync(_images.ListAsync(scope, ct)));
    }

    public Task<NetworkSight> EnsureNetworkAsync(NetworkSpec spec, CancellationToken ct) => Answered.ExplainAsync(_networks.EnsureAsync(spec, ct));

    public Task<VolumeSight> EnsureVolumeAsync(VolumeSpec spec, CancellationToken ct) => Answered.ExplainAsync(_volumes.EnsureAsync(spec, ct));

    public Task<InstanceSight> CreateInstanceAsync(InstanceSpec spec, CancellationToken ct) => Answered.ExplainAsync(_creation.CreateAsync(spec, ct));

    public Task<InstanceSight> StartInstanceAsync(string name, CancellationToken ct) => Answered.ExplainAsync(_lifecycle.StartAsync(name, ct));

    public Task StopInstanceAsync(string name, TimeSpan? grace, CancellationToken ct) => Answered.ExplainAsync(_lifecycle.StopAsync(name, grace, ct));

    public Task PauseInstanceAsync(string name, CancellationToken ct) => Answered.ExplainAsync(_lifecycle.SetPausedAsync(name, isPaused: true, ct));

    public Task ResumeInstanceAsync(string name, CancellationToken ct) => Answered.ExplainAsync(_lifecycle.SetPausedAsync(name, isPaused: false, ct));

    public Task RemoveInstanceAsync(string name, CancellationToken ct) => Answered.ExplainAsync(_lifecycle.RemoveAsync(name, ct));

    public Task<InstanceState.Exited?> WaitInstanceAsync(string name, CancellationToken ct) => Answered.ExplainAsync(_lifecycle.WaitAsync(name, ct));

    public Task RemoveNetworkAsync(string name, CancellationToken ct) => Answered.ExplainAsync(_networks.RemoveAsync(name, ct));

    public Task RemoveVolumeAsync(string name, CancellationToken ct) => Answered.ExplainAsync(_volumes.RemoveAsync(name, ct));

    public Task<RunOutcome> RunToEndAsync(InstanceSpec spec, LogSink sink, CancellationToken ct) =>
        Answered.ExplainAsync(_runs.RunAsync(spec, sink, ct));

    public IAsyncEnumerable<LogLine> LogsAsync(string name, LogQuery query, CancellationToken ct) => Answered.ExplainAsync(_logs.ReadAsync(name, query, ct), ct);

    public Task<IExecSession> ExecAsync(string name, ExecSpec spec, CancellationToken ct) => Answered.ExplainAsync(new ExecProcess(_engine, _instances).StartAsync(name, spec, ct));

    public IAsyncEnumerable<InstanceStats> StatsAsync(string name, CancellationToken ct) => Answered.ExplainAsync(new StatsReader(_engine, _instances).ReadAsync(name, ct), ct);

    public IAsyncEnumerable<RuntimeEvent> EventsAsync(OwnershipScope scope, CancellationToken ct) => Answered.ExplainAsync(new EventReader(_engine).ReadAsync(scope, ct), ct);

    public Task<ImageSight?> InspectImageAsync(string reference, CancellationToken ct) => Answered.ExplainAsync(_images.InspectAsync(reference, ct));

    public Task<ImageSight> ResolveImageAsync(ImageRequest request, CancellationToken ct) => Answered.ExplainAsync(_resolution.ResolveAsync(request, ct));

    public Task<BuildOutcome> BuildImageAsync(BuildSpec spec, LogSink sink, CancellationToken ct) => Answered.ExplainAsync(_builds.BuildAsync(spec, sink, ct));

    public Task RemoveImageAsync(string reference, CancellationToken ct) => Answered.ExplainAsync(_images.RemoveAsync(reference, ct));

    public Task<ImmutableArray<StoredImage>> ImagesAsync(CancellationToken ct) => Answered.ExplainAsync(_inventory.ImagesAsync(ct));

    public Task<ImmutableArray<ListeningSocket>?> ListeningSocketsAsync(string name, CancellationToken ct) =>
        Answered.ExplainAsync(new ListeningSockets(_engine, _instances).ReadAsync(name, ct));

    public Task<Stream> ReadArchiveAsync(string name, string path, CancellationToken ct) => Answered.ExplainAsync(_archives.ReadAsync(name, path, ct));

    public Task WriteArchiveAsync(string name, string directory, Stream tar, CancellationToken ct) => Answered.ExplainAsync(_archives.WriteAsync(name, directory, tar, ct));

    public Task<DiskUsage> DiskUsageAsync(CancellationToken ct) => Answered.ExplainAsync(_inventory.UsageAsync(ct));

    public ValueTask DisposeAsync()
    {
        _engine.Dispose();
        return ValueTask.CompletedTask;
    }
}
