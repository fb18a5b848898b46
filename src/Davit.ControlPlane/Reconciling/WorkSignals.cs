using System.Collections.Concurrent;
using Davit.Model;

namespace Davit.ControlPlane.Reconciling;

/// <summary>Wakes the worker of an environment. A signal carries nothing: the worker looks for itself.</summary>
internal sealed class WorkSignals(TimeProvider clock)
{
    private readonly ConcurrentDictionary<EnvId, SemaphoreSlim> _signals = new();

    public void Wake(EnvId env)
    {
        var signal = _signals.GetOrAdd(env, _ => new SemaphoreSlim(0, 1));
        try
        {
            signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // A signal that has not been heard yet covers this one too.
        }
    }

    public void WakeAll()
    {
        foreach (var env in _signals.Keys)
            Wake(env);
    }

    /// <summary>Returns at a signal or when the time has passed.</summary>
    public async Task WaitAsync(EnvId env, TimeSpan atMost, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var signal = _signals.GetOrAdd(env, _ => new SemaphoreSlim(0, 1)).WaitAsync(stop.Token);
        var time = Task.Delay(atMost, clock, stop.Token);
        await Task.WhenAny(signal, time);
        await stop.CancelAsync();

        // A signal that came between the two must not be lost: only a wait that was cancelled has taken none.
        await Task.WhenAll(signal, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ct.ThrowIfCancellationRequested();
    }
}
