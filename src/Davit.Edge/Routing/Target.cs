using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using Davit.Edge.Control;
using Davit.Edge.Draining;
using Davit.Edge.Forwarding.Http1;

namespace Davit.Edge.Routing;

/// <summary>What makes two targets of two tables the same one.</summary>
internal readonly record struct TargetKey(string Environment, string Service, string Instance, string Address, int Port, bool Http2);

/// <summary>
/// The state of one instance: health, requests in flight, connections. It outlives table snapshots and belongs to all
/// that name it.
/// </summary>
internal sealed class Target : IDisposable
{
    private const int RingSize = 20;

    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ended = new();
    private ImmutableArray<ProbeAttempt> _ring = [];
    private int _health;
    private int _inFlight;
    private long _requests;
    private int _cut;
    private volatile bool _draining;

    public Target(TargetKey key, string release, TimeProvider clock)
    {
        Key = key;
        Release = release;
        Endpoint = new IPEndPoint(IPAddress.Parse(key.Address), key.Port);
        Pool = new ConnectionPool(this, clock);
        Ejection = new Ejection(clock);
    }

    public TargetKey Key { get; }

    public string Release { get; set; }

    public IPEndPoint Endpoint { get; }

    public ConnectionPool Pool { get; }

    public Ejection Ejection { get; }

    /// <summary>Everything that holds a connection to this target, idle ones included.</summary>
    public ConcurrentDictionary<Flight, byte> Flights { get; } = [];

    public TargetHealth Health
    {
        get => (TargetHealth)Volatile.Read(ref _health);
        init => _health = (int)value;
    }

    public int InFlight => Volatile.Read(ref _inFlight);

    public long Requests => Volatile.Read(ref _requests);

    public int Cut => Volatile.Read(ref _cut);

    public bool IsDraining => _draining;

    public bool TellsWebSockets { get; private set; }

    /// <summary>How it is probed; a later table may say otherwise.</summary>
    public ProbeSpec Probe { get; set; } = new();

    public DrainSpec Drain { get; set; } = new();

    /// <summary>Its name in sticky cookies, made when first needed.</summary>
    public string? StickyValue { get; set; }

    /// <summary>Cancelled when the target is disposed; its probes end with it.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Done when the target drains and nothing runs on it any more.</summary>
    public Task Idle => _idle.Task;

    public bool MayServe => Health is TargetHealth.Ready or TargetHealth.Unverified;

    public ImmutableArray<ProbeAttempt> Ring => _ring;

    /// <summary>
    /// Claims the target for one request. The count goes up before the flag is read and the drain sets the flag before it
    /// reads the count, so a request that a finished drain did not see cannot exist.
    /// </summary>
    public bool TryEnter()
    {
        Interlocked.Increment(ref _inFlight);
        if (_draining)
        {
            Exit();
            return false;
        }

        Interlocked.Increment(ref _requests);
        return true;
    }

    public void Exit()
    {
        if (Interlocked.Decrement(ref _inFlight) is 0 && _draining)
            _idle.TrySetResult();
    }

    /// <param name="tellWebSockets">Peers of WebSockets are told to go, also of those that are just being opened.</param>
    public void BeginDrain(bool tellWebSockets)
    {
        TellsWebSockets = tellWebSockets;
        Volatile.Write(ref _health, (int)TargetHealth.Draining);
        _draining = true;
        Interlocked.MemoryBarrier();
        Pool.CloseIdle();
        if (InFlight is 0)
            _idle.TrySetResult();
    }

    /// <summary>What its probes say, unless something stronger has been said in the meantime.</summary>
    public void Judge(TargetHealth found)
    {
        var now = Health;
        if (now is not (TargetHealth.Draining or TargetHealth.Gone))
            Interlocked.CompareExchange(ref _health, (int)found, (int)now);
    }

    /// <summary>Its instance has ended: it gets nothing any more, and no probe brings it back.</summary>
    public void End()
    {
        var now = Health;
        while (now is not TargetHealth.Draining && Interlocked.CompareExchange(ref _health, (int)TargetHealth.Gone, (int)now) is var seen && seen != (int)now)
            now = (TargetHealth)seen;

        Pool.CloseIdle();
    }

    public void CountCut() => Interlocked.Increment(ref _cut);

    /// <summary>Only the one prober of this target writes.</summary>
    public void Record(ProbeAttempt attempt) => _ring = _ring.Length < RingSize ? _ring.Add(attempt) : _ring.RemoveAt(0).Add(attempt);

    public override string ToString() => $"{Key.Service} {Endpoint}";

    /// <summary>What a forwarder keeps for this target goes with it.</summary>
    public void OnDisposed(Action release) => _ended.Token.UnsafeRegister(static r => ((Action)r!)(), release);

    public void Dispose()
    {
        Pool.Dispose();
        _ended.Cancel();
    }
}
