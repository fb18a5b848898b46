namespace Davit.ControlPlane.Hosting;

/// <summary>Wakes everybody who waits for it. Whoever was awake meanwhile has to look for himself.</summary>
internal abstract class Broadcast(TimeProvider clock)
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Raise() => Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Returns at the next signal, or when the time has passed.</summary>
    public async Task NextAsync(TimeSpan atMost, CancellationToken ct) =>
        await Volatile.Read(ref _next).Task.WaitAsync(atMost, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
