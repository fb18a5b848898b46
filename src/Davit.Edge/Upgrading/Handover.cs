namespace Davit.Edge.Upgrading;

/// <summary>
/// Whether this process is still the one that decides. While a successor is tried, nothing may change what it has read from
/// the disk; once it serves, nothing is written by this process any more.
/// </summary>
internal sealed class Handover : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly CancellationTokenSource _done = new();
    private readonly TaskCompletionSource _retired = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _upgrading;

    /// <summary>Cancelled when a successor serves.</summary>
    public CancellationToken Done => _done.Token;

    public bool IsDone => _done.IsCancellationRequested;

    /// <summary>Done when a successor serves and the last connection of this process has ended.</summary>
    public Task Retired => _retired.Task;

    /// <summary>Held while something is written that a successor reads; after the handover it is never given again.</summary>
    public async Task<IDisposable> WriteAsync(CancellationToken ct)
    {
        await _writing.WaitAsync(ct);
        return new Turn(_writing);
    }

    /// <returns>False when an upgrade is under way or over.</returns>
    public bool TryBegin() => Interlocked.Exchange(ref _upgrading, 1) is 0;

    public void GiveUp() => Volatile.Write(ref _upgrading, 0);

    /// <summary>The writing turn is taken and kept.</summary>
    public void Complete(IDisposable turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        _done.Cancel();
    }

    public void Retire() => _retired.TrySetResult();

    public void Dispose()
    {
        _writing.Dispose();
        _done.Dispose();
    }

    private sealed class Turn(SemaphoreSlim writing) : IDisposable
    {
        public void Dispose() => writing.Release();
    }
}
