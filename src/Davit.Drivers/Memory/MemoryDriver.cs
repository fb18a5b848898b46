using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Davit.Drivers.Builds;
using Davit.Drivers.Events;
using Davit.Drivers.Exec;
using Davit.Drivers.Images;
using Davit.Drivers.Instances;
using Davit.Drivers.Logs;
using Davit.Model;
using Davit.Planning.Garbage;
using Davit.Planning.Instances;

namespace Davit.Drivers.Memory;

/// <summary>
/// A driver whose runtime is a <see cref="MemoryWorld"/>. It passes the same suite as the real ones, so tests of the
/// control plane may trust it.
/// </summary>
public sealed class MemoryDriver(MemoryWorld world, InstallationId installation, string id = "memory") : IRuntimeDriver
{
    public string Id => id;

    public DriverCapabilities Capabilities => DriverCapabilities.Networks | DriverCapabilities.Volumes | DriverCapabilities.PublishedPorts
        | DriverCapabilities.HealthChecks | DriverCapabilities.Exec | DriverCapabilities.Pull | DriverCapabilities.ListeningSockets | DriverCapabilities.Builds;

    private DateTimeOffset Now => world.Clock.GetUtcNow();

    public Task<RuntimeFacts> DescribeAsync(CancellationToken ct) =>
        DoAsync(nameof(DescribeAsync), "", () => new RuntimeFacts("1.0", "1.0", "linux", "amd64", new(4, 8L << 30)) { Capabilities = Capabilities });

    public Task<RuntimeSight> ObserveAsync(OwnershipScope scope, CancellationToken ct) => DoAsync(nameof(ObserveAsync), "", () => new RuntimeSight(
        Now,
        [.. world.Instances.Values.Where(i => scope.Includes(i.Spec.Owner)).Select(i => i.Look(Now))],
        [.. world.Networks.Values.Where(n => scope.Includes(n.Owner)).Select(Look)],
        [.. world.Volumes.Values.Where(v => scope.Includes(v.Owner)).Select(v => new VolumeSight(v.Name, v.Owner))],
        []));

    public Task<NetworkSight> EnsureNetworkAsync(NetworkSpec spec, CancellationToken ct) => DoAsync(nameof(EnsureNetworkAsync), spec.Name, () =>
    {
        if (!world.Networks.TryGetValue(spec.Name, out var have))
            world.Networks[spec.Name] = have = spec;
        return IsOurs(have.Owner) ? Look(have) : throw NameTaken(spec.Name);
    });

    public Task<VolumeSight> EnsureVolumeAsync(VolumeSpec spec, CancellationToken ct) => DoAsync(nameof(EnsureVolumeAsync), spec.Name, () =>
    {
        if (!world.Volumes.TryGetValue(spec.Name, out var have))
        {
            world.Volumes[spec.Name] = have = spec;
            world.Files[spec.Name] = MemoryWorld.NoFiles();
        }

        return IsOurs(have.Owner) ? new VolumeSight(have.Name, have.Owner) : throw NameTaken(spec.Name);
    });

    public async Task<InstanceSight> CreateInstanceAsync(InstanceSpec spec, CancellationToken ct)
    {
        var made = await DoAsync(nameof(CreateInstanceAsync), spec.Name, () => MemoryCreation.Create(world, spec, installation, Now));
        world.Signal(RuntimeEventKind.Instance, spec.Name, "create");
        return made;
    }

    public async Task<InstanceSight> StartInstanceAsync(string name, CancellationToken ct)
    {
        var sight = await DoAsync(nameof(StartInstanceAsync), name, () =>
        {
            var instance = Own(name) ?? throw new ProblemException(DriverProblems.InstanceNotFound(name));
            if (!instance.StateAt(Now).IsRunning)
                MemoryCreation.Start(world, instance, Now);
            return instance.Look(Now);
        });
        world.Signal(RuntimeEventKind.Instance, name, "start");
        return sight;
    }

    public Task StopInstanceAsync(string name, TimeSpan? grace, CancellationToken ct) => ChangeAsync(nameof(StopInstanceAsync), name, "die", () => Own(name)?.Stop(Now));

    public Task PauseInstanceAsync(string name, CancellationToken ct) => ChangeAsync(nameof(PauseInstanceAsync), name, "pause", () => Own(name)?.Pause(Now));

    public Task ResumeInstanceAsync(string name, CancellationToken ct) => ChangeAsync(nameof(ResumeInstanceAsync), name, "unpause", () => Own(name)?.Resume());

    public Task RemoveInstanceAsync(string name, CancellationToken ct) => ChangeAsync(nameof(RemoveInstanceAsync), name, "destroy", () =>
    {
        if (Own(name) is not null)
            world.Instances.Remove(name);
    });

    public async Task<InstanceState.Exited?> WaitInstanceAsync(string name, CancellationToken ct)
    {
        while (true)
        {
            var state = await DoAsync(nameof(WaitInstanceAsync), name, () => Own(name)?.StateAt(Now));
            if (state is null or InstanceState.Created or InstanceState.Exited)
                return state as InstanceState.Exited;
            await world.ChangedAsync(ct);
        }
    }

    public Task RemoveNetworkAsync(string name, CancellationToken ct) => ChangeAsync(nameof(RemoveNetworkAsync), name, "destroy", () =>
    {
        if (world.Instances.Values.FirstOrDefault(i => i.StateAt(Now).IsRunning && i.Spec.Connectivity.Networks.Any(n => n.Network == name)) is { } user)
            throw new ProblemException(DriverProblems.NetworkInUse(name, user.Spec.Name));
        if (world.Networks.TryGetValue(name, out var network) && IsOurs(network.Owner))
            world.Networks.Remove(name);
    });

    public Task RemoveVolumeAsync(string name, CancellationToken ct) => ChangeAsync(nameof(RemoveVolumeAsync), name, "destroy", () =>
    {
        if (world.Instances.Values.FirstOrDefault(i => i.Spec.Mounts.Any(m => m is MountSpec.Volume v && v.Name == name)) is { } user)
            throw new ProblemException(DriverProblems.VolumeInUse(name, user.Spec.Name));
        if (world.Volumes.TryGetValue(name, out var volume) && IsOurs(volume.Owner))
            _ = world.Volumes.Remove(name) | world.Files.Remove(name);
    });

    public async Task<RunOutcome> RunToEndAsync(InstanceSpec spec, LogSink sink, CancellationToken ct)
    {
        await CreateInstanceAsync(spec, ct);
        try
        {
            if ((await WaitInstanceAsync(spec.Name, ct)) is null)
                await StartInstanceAsync(spec.Name, ct);
            await foreach (var line in LogsAsync(spec.Name, new LogQuery { Follow = true }, ct))
                await sink(line, ct);
            var end = await WaitInstanceAsync(spec.Name, ct) ?? throw new ProblemException(DriverProblems.InstanceNotFound(spec.Name));
            return new(end.ExitCode, end.OomKilled, end.StartedAt ?? end.FinishedAt, end.FinishedAt);
        }
        finally
        {
            await RemoveInstanceAsync(spec.Name, CancellationToken.None);
        }
    }

    public async IAsyncEnumerable<LogLine> LogsAsync(string name, LogQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        var after = query.After;
        var tail = query.Tail;
        while (true)
        {
            var (lines, isOver) = await DoAsync(nameof(LogsAsync), name, () =>
            {
                var instance = Own(name) ?? throw new ProblemException(DriverProblems.InstanceNotFound(name));
                return (instance.LinesAfter(after), !instance.StateAt(Now).IsRunning);
            });
            foreach (var line in tail is { } count ? lines.TakeLast(count) : lines)
            {
                after = line.Cursor;
                yield return line;
            }

            tail = null;
            if (!query.Follow || isOver)
                yield break;
            await world.ChangedAsync(ct);
        }
    }

    public Task<IExecSession> ExecAsync(string name, ExecSpec spec, CancellationToken ct) => DoAsync<IExecSession>(nameof(ExecAsync), name, () =>
    {
        var instance = Own(name) ?? throw new ProblemException(DriverProblems.InstanceNotFound(name));
        if (!instance.StateAt(Now).IsRunning)
            throw new ProblemException(DriverProblems.InstanceNotRunning(name, instance.StateAt(Now).ToString()));
        return MemoryExecSession.Knows(spec)
            ? new MemoryExecSession(spec)
            : throw new ProblemException(DriverProblems.CommandNotFound(name, spec.Command.IsEmpty ? "no command" : spec.Command[0]));
    });

    public async IAsyncEnumerable<InstanceStats> StatsAsync(string name, [EnumeratorCancellation] CancellationToken ct)
    {
        while (await DoAsync(nameof(StatsAsync), name, () => Own(name)?.StateAt(Now).IsRunning ?? throw new ProblemException(DriverProblems.InstanceNotFound(name))))
        {
            yield return new(Now, 0, 1 << 20, 0) { Pids = 1 };
            await world.ChangedAsync(ct);
        }
    }

    public async IAsyncEnumerable<RuntimeEvent> EventsAsync(OwnershipScope scope, [EnumeratorCancellation] CancellationToken ct)
    {
        var seen = world.Events.Length;
        while (!ct.IsCancellationRequested)
        {
            var events = world.Events;
            for (; seen < events.Length; seen++)
                yield return events[seen];
            await world.ChangedAsync(ct);
        }
    }

    public Task<ImageSight?> InspectImageAsync(string reference, CancellationToken ct) => DoAsync(nameof(InspectImageAsync), reference, () => world.Find(reference)?.ToSight());

    public async Task<ImageSight> ResolveImageAsync(ImageRequest request, CancellationToken ct)
    {
        await Task.Delay(world.Find(request.Reference)?.ComesAfter ?? TimeSpan.Zero, world.Clock, ct);
        return await DoAsync(nameof(ResolveImageAsync), request.Reference, () => Resolved(request));
    }

    private ImageSight Resolved(ImageRequest request)
    {
        var image = world.Find(request.Reference) ?? throw new ProblemException(DriverProblems.ImageNotFound(request.Reference, "no such image"));
        return request.Platform is { } platform && platform != image.Platform
            ? throw new ProblemException(DriverProblems.ImagePlatform(request.Reference, platform, $"it is for {image.Platform}"))
            : image.ToSight();
    }

    public Task<BuildOutcome> BuildImageAsync(BuildSpec spec, LogSink sink, CancellationToken ct) => DoAsync(nameof(BuildImageAsync), spec.Tag, () =>
    {
        if (!Directory.Exists(spec.ContextDirectory))
            throw new ProblemException(DriverProblems.BuildContext(spec.ContextDirectory, "no such directory"));
        if (world.Find(spec.Tag) is null)
            world.Add(new MemoryImage(spec.Tag) { Installation = installation, CreatedAt = Now });
        return new BuildOutcome(world.Find(spec.Tag)!.Digest, TimeSpan.Zero);
    });

    public Task RemoveImageAsync(string reference, CancellationToken ct) => ChangeAsync(nameof(RemoveImageAsync), reference, "untag", () =>
    {
        if (world.Instances.Values.FirstOrDefault(i => i.Image.Answers(reference)) is { } user)
            throw new ProblemException(DriverProblems.ImageInUse(reference, user.Spec.Name));
        world.RemoveImage(reference);
    });

    public Task<ImmutableArray<StoredImage>> ImagesAsync(CancellationToken ct) => DoAsync(nameof(ImagesAsync), "", () => world.ImagesNow
        .Select(i => new StoredImage(i.Digest, 1 << 20, i.CreatedAt, i.Installation == installation)
        {
            Tags = [i.Reference],
            RepoDigests = i.Installation is null ? [i.Pinned] : [],
            Users = [.. world.Instances.Values.Where(u => u.Image.Digest == i.Digest).Select(u => u.Spec.Name)],
        }).ToImmutableArray());

    public Task<ImmutableArray<ListeningSocket>?> ListeningSocketsAsync(string name, CancellationToken ct) => DoAsync(nameof(ListeningSocketsAsync), name, () =>
        (ImmutableArray<ListeningSocket>?)(Own(name) is { } instance && instance.StateAt(Now).IsRunning ? instance.Image.Listening : null));

    public Task<Stream> ReadArchiveAsync(string name, string path, CancellationToken ct) => DoAsync(nameof(ReadArchiveAsync), name, () =>
        MemoryFiles.Read(world, (Own(name) ?? throw new ProblemException(DriverProblems.InstanceNotFound(name))).Spec, path));

    public async Task WriteArchiveAsync(string name, string directory, Stream tar, CancellationToken ct)
    {
        using var whole = new MemoryStream();
        await tar.CopyToAsync(whole, ct);
        whole.Position = 0;
        await ChangeAsync(nameof(WriteArchiveAsync), name, "extract", () => MemoryFiles.Write(world, (Own(name) ?? throw new ProblemException(DriverProblems.InstanceNotFound(name))).Spec, whole));
    }

    public Task<DiskUsage> DiskUsageAsync(CancellationToken ct) => DoAsync(nameof(DiskUsageAsync), "", () => new DiskUsage(0, 0, 0, 0));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static NetworkSight Look(NetworkSpec spec) => new(spec.Name, "mem-" + spec.Name, spec.Owner) { Internal = spec.Internal, CreatedAt = DateTimeOffset.UnixEpoch };

    private static ProblemException NameTaken(string name) => new(DriverProblems.NameTaken(name, "belongs to another installation"));

    private bool IsOurs(Ownership owner) => owner.Installation == installation;

    private MemoryInstance? Own(string name) => world.Instances.TryGetValue(name, out var instance) && IsOurs(instance.Spec.Owner) ? instance : null;

    private Task<T> DoAsync<T>(string method, string name, Func<T> body)
    {
        try
        {
            world.Enter(method, name);
            return Task.FromResult(world.Locked(body));
        }
        catch (ProblemException problem)
        {
            return Task.FromException<T>(problem);
        }
    }

    private async Task ChangeAsync(string method, string name, string action, Action body)
    {
        await DoAsync(method, name, () =>
        {
            body();
            return true;
        });
        world.Signal(RuntimeEventKind.Instance, name, action);
    }
}
