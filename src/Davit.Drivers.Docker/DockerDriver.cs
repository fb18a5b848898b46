using System.Collections.Immutable;
using Davit.Drivers.Builds;
using Davit.Drivers.Docker.Builds;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Events;
using Davit.Drivers.Docker.Exec;
using Davit.Drivers.Docker.Files;
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
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Drivers.Docker;

/// <summary>Runs instances as containers of one Docker engine. Holds no state of its own: everything is read from the engine.</summary>
public sealed class DockerDriver : IRuntimeDriver
{
    private readonly EngineClient _engine;
    private readonly InstanceReader _instances;
    private readonly InstanceCreation _creation;
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
        var files = new FileDelivery(_engine, new(options));
        _creation = new(_engine, _instances, files, options);
        _lifecycle = new(_engine, _instances, files);
        _networks = new(_engine, _instances);
        _volumes = new(_engine, _instances);
        _images = new(_engine);
        _resolution = new(_engine, _images);
        _builds = new(_engine, _images, options);
        _logs = new(_engine, _instances);
        _archives = new(_engine, _instances);
        _inventory = new(_engine, _instances);
    }

    public string Id => "docker";

    public DriverCapabilities Capabilities => EngineInventory.Always | EngineInventory.Newer;

    public Task<RuntimeFacts> DescribeAsync(CancellationToken ct) => ExplainAsync(_inventory.DescribeAsync(ct));

    public async Task<RuntimeSight> ObserveAsync(OwnershipScope scope, CancellationToken ct)
    {
        var at = _engine.Clock.GetUtcNow();
        return new(
            at,
            await ExplainAsync(_instances.ListAsync(scope, ct)),
            await ExplainAsync(_networks.ListAsync(scope, ct)),
            await ExplainAsync(_volumes.ListAsync(scope, ct)),
            await ExplainAsync(_images.ListAsync(scope, ct)));
    }

    public Task<NetworkSight> EnsureNetworkAsync(NetworkSpec spec, CancellationToken ct) => ExplainAsync(_networks.EnsureAsync(spec, ct));

    public Task<VolumeSight> EnsureVolumeAsync(VolumeSpec spec, CancellationToken ct) => ExplainAsync(_volumes.EnsureAsync(spec, ct));

    public Task<InstanceSight> CreateInstanceAsync(InstanceSpec spec, CancellationToken ct) => ExplainAsync(_creation.CreateAsync(spec, ct));

    public Task<InstanceSight> StartInstanceAsync(string name, CancellationToken ct) => ExplainAsync(_lifecycle.StartAsync(name, ct));

    public Task StopInstanceAsync(string name, TimeSpan? grace, CancellationToken ct) => ExplainAsync(_lifecycle.StopAsync(name, grace, ct));

    public Task RemoveInstanceAsync(string name, CancellationToken ct) => ExplainAsync(_lifecycle.RemoveAsync(name, ct));

    public Task<InstanceState.Exited?> WaitInstanceAsync(string name, CancellationToken ct) => ExplainAsync(_lifecycle.WaitAsync(name, ct));

    public Task RemoveNetworkAsync(string name, CancellationToken ct) => ExplainAsync(_networks.RemoveAsync(name, ct));

    public Task RemoveVolumeAsync(string name, CancellationToken ct) => ExplainAsync(_volumes.RemoveAsync(name, ct));

    public Task<RunOutcome> RunToEndAsync(InstanceSpec spec, LogSink sink, CancellationToken ct) =>
        ExplainAsync(new OneOffRun(_creation, _lifecycle, _logs).RunAsync(spec, sink, ct));

    public IAsyncEnumerable<LogLine> LogsAsync(string name, LogQuery query, CancellationToken ct) => _logs.ReadAsync(name, query, ct);

    public Task<IExecSession> ExecAsync(string name, ExecSpec spec, CancellationToken ct) => ExplainAsync(new ExecProcess(_engine, _instances).StartAsync(name, spec, ct));

    public IAsyncEnumerable<InstanceStats> StatsAsync(string name, CancellationToken ct) => new StatsReader(_engine, _instances).ReadAsync(name, ct);

    public IAsyncEnumerable<RuntimeEvent> EventsAsync(OwnershipScope scope, CancellationToken ct) => new EventReader(_engine).ReadAsync(scope, ct);

    public Task<ImageSight?> InspectImageAsync(string reference, CancellationToken ct) => ExplainAsync(_images.InspectAsync(reference, ct));

    public Task<ImageSight> ResolveImageAsync(ImageRequest request, CancellationToken ct) => ExplainAsync(_resolution.ResolveAsync(request, ct));

    public Task<BuildOutcome> BuildImageAsync(BuildSpec spec, LogSink sink, CancellationToken ct) => ExplainAsync(_builds.BuildAsync(spec, sink, ct));

    public Task RemoveImageAsync(string reference, CancellationToken ct) => ExplainAsync(_images.RemoveAsync(reference, ct));

    public Task<ImmutableArray<ListeningSocket>?> ListeningSocketsAsync(string name, CancellationToken ct) =>
        ExplainAsync(new ListeningSockets(_engine, _instances).ReadAsync(name, ct));

    public Task<Stream> ReadArchiveAsync(string name, string path, CancellationToken ct) => ExplainAsync(_archives.ReadAsync(name, path, ct));

    public Task WriteArchiveAsync(string name, string directory, Stream tar, CancellationToken ct) => ExplainAsync(_archives.WriteAsync(name, directory, tar, ct));

    public Task<DiskUsage> DiskUsageAsync(CancellationToken ct) => ExplainAsync(_inventory.UsageAsync(ct));

    public ValueTask DisposeAsync()
    {
        _engine.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>What no feature had a better word for.</summary>
    private static async Task<T> ExplainAsync<T>(Task<T> call)
    {
        try
        {
            return await call;
        }
        catch (EngineException refused)
        {
            throw new ProblemException(EngineAnswers.ForAnything(refused), refused);
        }
    }

    private static async Task ExplainAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (EngineException refused)
        {
            throw new ProblemException(EngineAnswers.ForAnything(refused), refused);
        }
    }
}
