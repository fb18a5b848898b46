using System.Collections.Immutable;
using Davit.Drivers.Events;
using Davit.Drivers.Instances;
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Drivers.Memory;

/// <summary>
/// The runtime behind one or several <see cref="MemoryDriver"/>s: it outlives them, as an engine outlives the control
/// plane. Tests script images, faults and outages here and read the calls back.
/// </summary>
public sealed class MemoryWorld(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly List<MemoryImage> _images = [];
    private readonly List<(string Method, string Name)> _calls = [];
    private readonly Dictionary<string, Queue<Problem>> _faults = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ImmutableArray<RuntimeEvent> _events = [];
    private bool _isAway;
    private int _numbers;

    internal TimeProvider Clock => clock;

    internal SortedDictionary<string, MemoryInstance> Instances { get; } = new(StringComparer.Ordinal);

    internal SortedDictionary<string, NetworkSpec> Networks { get; } = new(StringComparer.Ordinal);

    internal SortedDictionary<string, VolumeSpec> Volumes { get; } = new(StringComparer.Ordinal);

    /// <summary>By volume and by path; "" is the volume's own directory.</summary>
    internal SortedDictionary<string, SortedDictionary<string, MemoryFile>> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Every call in order, with the name it was about.</summary>
    public ImmutableArray<(string Method, string Name)> Calls => Locked(() => _calls.ToImmutableArray());

    internal ImmutableArray<RuntimeEvent> Events => Locked(() => _events);

    /// <summary>Adds or replaces a script.</summary>
    public void Add(MemoryImage image) => Locked(() =>
    {
        _images.RemoveAll(i => i.Reference == image.Reference);
        _images.Add(image);
        return true;
    });

    public void RemoveImage(string reference) => Locked(() => _images.RemoveAll(i => i.Answers(reference)));

    /// <summary>The next call of that method throws; several are thrown one after the other.</summary>
    public void FailNext(string method, Problem problem) => Locked(() =>
    {
        if (!_faults.TryGetValue(method, out var queue))
            _faults[method] = queue = new();
        queue.Enqueue(problem);
        return true;
    });

    /// <summary>Until <see cref="Return"/>, every call is DV3001. Instances go on.</summary>
    public void Vanish() => _isAway = true;

    public void Return() => _isAway = false;

    /// <summary>What an instance was made from, with what was put in for its secrets.</summary>
    public InstanceSpec SpecOf(string instance) => Locked(() => Instances[instance].Spec);

    public bool IsRunning(string instance) => Locked(() => Instances.TryGetValue(instance, out var found) && found.StateAt(clock.GetUtcNow()).IsRunning);

    /// <summary>Changes an instance as somebody who goes past us would.</summary>
    public void Change(string instance)
    {
        Locked(() => ++Instances[instance].Changes);
        Signal(RuntimeEventKind.Instance, instance, "update");
    }

    /// <summary>Takes something away as somebody who goes past us would.</summary>
    public void Remove(string name)
    {
        Locked(() => Instances.Remove(name) | Networks.Remove(name) | Volumes.Remove(name) | Files.Remove(name));
        Signal(RuntimeEventKind.Instance, name, "destroy");
    }

    /// <summary>Writes into a volume as a service that mounts it would; null takes the file away.</summary>
    public void Put(string volume, string path, MemoryFile? file) => Locked(() =>
    {
        Files[volume].Remove(path);
        if (file is not null)
            Files[volume][path] = file;
        return true;
    });

    /// <summary>What is in a volume now, by path.</summary>
    public ImmutableSortedDictionary<string, MemoryFile> FilesOf(string volume) => Locked(() => Files[volume].ToImmutableSortedDictionary(StringComparer.Ordinal));

    /// <summary>Whether any instance that runs mounts the volume.</summary>
    public bool IsAnyRunningOn(string volume) => Locked(() => Instances.Values.Any(i => i.StateAt(clock.GetUtcNow()).IsRunning && i.Spec.Mounts.Any(m => m is MountSpec.Volume v && v.Name == volume)));

    /// <summary>Whether an instance that mounts the volume could write into it now.</summary>
    public bool MayAnyWriteTo(string volume) => Locked(() => Instances.Values.Any(i => i.StateAt(clock.GetUtcNow()) is InstanceState.Running && i.Spec.Mounts.Any(m => m is MountSpec.Volume v && v.Name == volume)));

    /// <summary>Whether any instance stands still.</summary>
    public bool IsAnyPaused => Locked(() => Instances.Values.Any(i => i.StateAt(clock.GetUtcNow()) is InstanceState.Paused));

    /// <summary>The names of all volumes.</summary>
    public ImmutableArray<string> VolumeNames => Locked(() => Volumes.Keys.ToImmutableArray());

    internal static SortedDictionary<string, MemoryFile> NoFiles() => new(StringComparer.Ordinal) { [""] = new MemoryFile(System.Formats.Tar.TarEntryType.Directory, []) { Mode = 493 /* 0755 */ } };

    /// <summary>Ends an instance as a crash would.</summary>
    public void Crash(string instance) => Locked(() =>
    {
        Instances[instance].Stop(clock.GetUtcNow());
        return true;
    });

    /// <summary>Lets an instance write a line now.</summary>
    public void Print(string name, string text, OutputChannel channel = OutputChannel.Stdout)
    {
        Locked(() =>
        {
            Instances[name].Write(channel, text, clock.GetUtcNow());
            return true;
        });
        Signal(RuntimeEventKind.Instance, name, "print");
    }

    internal ImmutableArray<MemoryImage> ImagesNow => Locked(() => _images.ToImmutableArray());

    internal MemoryImage? Find(string reference) => Locked(() => _images.Find(i => i.Answers(reference)));

    internal int NextNumber() => Interlocked.Increment(ref _numbers);

    internal T Locked<T>(Func<T> body)
    {
        lock (_gate)
            return body();
    }

    internal void Enter(string method, string name)
    {
        var fault = Locked(() =>
        {
            _calls.Add((method, name));
            return _faults.TryGetValue(method, out var queue) && queue.TryDequeue(out var next) ? next : null;
        });
        if (_isAway)
            throw new ProblemException(DriverProblems.RuntimeUnreachable("memory", "it was told to be away"));
        if (fault is not null)
            throw new ProblemException(fault);
    }

    internal void Signal(RuntimeEventKind kind, string name, string action)
    {
        var waiters = Locked(() =>
        {
            _events = _events.Add(new(kind, name, action, clock.GetUtcNow()));
            var old = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return old;
        });
        waiters.TrySetResult();
    }

    /// <summary>Returns when something was done to the world, or shortly after, because a script may have run out.</summary>
    internal async Task ChangedAsync(CancellationToken ct)
    {
        var change = Locked(() => _changed.Task);
        await Task.WhenAny(change, Task.Delay(TimeSpan.FromMilliseconds(5), clock, ct));
        ct.ThrowIfCancellationRequested();
    }
}
