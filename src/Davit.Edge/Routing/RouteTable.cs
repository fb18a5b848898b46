namespace Davit.Edge.Routing;

/// <summary>Holds the snapshot that requests are served by. Nothing is patched in place: a new table is a new snapshot.</summary>
internal sealed class RouteTable(TimeProvider clock)
{
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TableSnapshot _current = TableSnapshot.Empty;
    private long _since = clock.GetTimestamp();

    public TableSnapshot Current => Volatile.Read(ref _current);

    /// <summary>Done at the next swap. Take it before looking at <see cref="Current"/>.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    public TimeSpan Age => clock.GetElapsedTime(Volatile.Read(ref _since));

    /// <summary>Callers hold the switch lock: there is one writer.</summary>
    public void Publish(TableSnapshot next)
    {
        Volatile.Write(ref _since, clock.GetTimestamp());
        Volatile.Write(ref _current, next);
        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }
}
