using System.Text;
using Davit.Drivers.Instances;
using Davit.Drivers.Logs;
using Davit.Planning.Instances;

namespace Davit.Drivers.Memory;

/// <summary>One instance. Its state follows from its script and the clock, so nothing runs in the background.</summary>
internal sealed class MemoryInstance(InstanceSpec spec, MemoryImage image, int number, DateTimeOffset createdAt)
{
    private readonly List<LogLine> _log = [];
    private InstanceState _state = new InstanceState.Created();

    public InstanceSpec Spec => spec;

    public MemoryImage Image => image;

    public InstanceState StateAt(DateTimeOffset now)
    {
        if (_state is not InstanceState.Running running)
            return _state;

        if (image.ExitsAfter is { } life && now - running.StartedAt >= life)
            return _state = new InstanceState.Exited(image.ExitCode, image.OomKilled, running.StartedAt, running.StartedAt + life);
        return running with { Health = HealthAt(now - running.StartedAt) };
    }

    public void Start(DateTimeOffset now)
    {
        if (StateAt(now).IsRunning)
            return;

        _state = new InstanceState.Running(now, HealthVerdict.None);
        foreach (var (channel, text) in image.Output)
            Write(channel, text, now);
    }

    public void Stop(DateTimeOffset now)
    {
        Resume();
        if (StateAt(now) is InstanceState.Running running)
            _state = new InstanceState.Exited(143, OomKilled: false, running.StartedAt, now);
    }

    public void Pause(DateTimeOffset now)
    {
        if (StateAt(now) is InstanceState.Running running)
            _state = new InstanceState.Paused(running.StartedAt);
    }

    public void Resume()
    {
        if (_state is InstanceState.Paused paused)
            _state = new InstanceState.Running(paused.StartedAt, HealthVerdict.None);
    }

    public void Write(OutputChannel channel, string text, DateTimeOffset now)
    {
        var instant = (now - DateTimeOffset.UnixEpoch).Ticks * 100;
        var ordinal = _log.Count(l => l.Cursor.UnixNanoseconds == instant);
        _log.Add(new(new(instant, ordinal), channel, Encoding.UTF8.GetBytes(text)));
    }

    public List<LogLine> LinesAfter(LogCursor? after) => [.. _log.Where(l => after is null || l.Cursor > after)];

    /// <summary>How often somebody else changed it.</summary>
    public int Changes { get; set; }

    public InstanceSight Look(DateTimeOffset now) => new(spec.Name, $"mem{number:x8}", spec.Owner, spec.SpecHash, StateAt(now))
    {
        Fingerprint = $"{spec.Name} {Changes}",
        Image = spec.Image,
        ImageDigest = image.Digest,
        CreatedAt = createdAt,
        Addresses = StateAt(now).IsRunning
            ? [.. spec.Connectivity.Networks.Items.Select(n => new InstanceAddress(n.Network, image.Address ?? $"10.88.{number / 250}.{(number % 250) + 2}", null))]
            : [],
        Ports = StateAt(now).IsRunning ? spec.Connectivity.Ports.Items : [],
    };

    private HealthVerdict HealthAt(TimeSpan age)
    {
        if (spec.Health is not { } check)
            return HealthVerdict.None;
        if (image.HealthyAfter is { } ready)
            return age >= ready ? HealthVerdict.Healthy : HealthVerdict.Starting;

        var patience = (check.StartPeriod ?? TimeSpan.Zero) + ((check.Interval ?? TimeSpan.FromSeconds(30)) * (check.Retries ?? 3));
        return age >= patience ? HealthVerdict.Unhealthy : HealthVerdict.Starting;
    }
}
