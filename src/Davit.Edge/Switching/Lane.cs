namespace Davit.Edge.Switching;

/// <summary>The switches of one environment: one at a time, and a newer fence overtakes an older one that still probes.</summary>
internal sealed class Lane : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private CancellationTokenSource? _running;
    private long _runningFence;

    public long Fence { get; private set; }

    /// <returns>False when a newer fence was seen.</returns>
    public bool Raise(long fence)
    {
        lock (_lock)
        {
            if (fence < Fence)
                return false;

            Fence = fence;
            if (_runningFence < fence)
                _running?.Cancel();

            return true;
        }
    }

    /// <returns>Null when a newer fence came while waiting.</returns>
    public async Task<Turn?> TakeTurnAsync(long fence, CancellationToken stopped)
    {
        await _turn.WaitAsync(stopped);
        lock (_lock)
        {
            if (fence < Fence)
            {
                _turn.Release();
                return null;
            }

            _running = CancellationTokenSource.CreateLinkedTokenSource(stopped);
            _runningFence = fence;
            return new Turn(this, _running.Token);
        }
    }

    public void Dispose() => _turn.Dispose();

    private void EndTurn()
    {
        lock (_lock)
        {
            _running?.Dispose();
            _running = null;
        }

        _turn.Release();
    }

    /// <summary>Held while a switch runs.</summary>
    public sealed class Turn(Lane lane, CancellationToken overtaken) : IDisposable
    {
        public CancellationToken Overtaken => overtaken;

        public void Dispose() => lane.EndTurn();
    }
}
