using System.Collections.Concurrent;
using Davit.Model;

namespace Davit.ControlPlane.Reconciling;

/// <summary>Wakes the worker of an environment, whoever makes releases, and whoever follows outputs. A signal carries nothing: who is woken looks for itself.</summary>
internal sealed class WorkSignals(TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<EnvId, Signal> _envs = new();
    private readonly Signal _makings = new(clock);
    private readonly Signal _outputs = new(clock);

    /// <summary>Something of the environment may have changed.</summary>
    public void Wake(EnvId env)
    {
        OfEnv(env).Raise();
        _makings.Raise();
        _outputs.Raise();
    }

    public void WakeAll()
    {
        foreach (var signal in _envs.Values)
            signal.Raise();
        _makings.Raise();
        _outputs.Raise();
    }

    /// <summary>Returns at a signal or when the time has passed.</summary>
    public Task WaitAsync(EnvId env, TimeSpan atMost, CancellationToken ct) => OfEnv(env).WaitAsync(atMost, ct);

    /// <summary>As <see cref="WaitAsync"/>, at a signal of any environment.</summary>
    public Task WaitForMakingAsync(TimeSpan atMost, CancellationToken ct) => _makings.WaitAsync(atMost, ct);

    public Task WaitForOutputAsync(TimeSpan atMost, CancellationToken ct) => _outputs.WaitAsync(atMost, ct);

    public void Dispose()
    {
        foreach (var signal in _envs.Values)
            signal.Dispose();
        _makings.Dispose();
        _outputs.Dispose();
    }

    private Signal OfEnv(EnvId env) => _envs.GetOrAdd(env, _ => new Signal(clock));

    private sealed class Signal(TimeProvider clock) : IDisposable
    {
        private readonly SemaphoreSlim _raised = new(0, 1);

        public void Dispose() => _raised.Dispose();

        public void Raise()
        {
            try
            {
                _raised.Release();
            }
            catch (SemaphoreFullException)
            {
                // A signal that has not been heard yet covers this one too.
            }
        }

        public async Task WaitAsync(TimeSpan atMost, CancellationToken ct)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var signal = _raised.WaitAsync(stop.Token);
            var time = Task.Delay(atMost, clock, stop.Token);
            await Task.WhenAny(signal, time);
            await stop.CancelAsync();

            // A signal that came between the two must not be lost: only a wait that was cancelled has taken none.
            await Task.WhenAll(signal, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ct.ThrowIfCancellationRequested();
        }
    }
}
