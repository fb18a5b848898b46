namespace Davit.Edge.Routing;

/// <summary>Five failed connections in a row take a target out for a second, doubling up to five minutes.</summary>
internal sealed class Ejection(TimeProvider clock)
{
    private const int Allowed = 5;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(300);

    private readonly Lock _lock = new();
    private TimeSpan _next = TimeSpan.FromSeconds(1);
    private int _failures;
    private long _until = long.MinValue;
    private long _count;

    public bool IsOut => Volatile.Read(ref _until) is var until and not long.MinValue && clock.GetTimestamp() < until;

    public long Count => Volatile.Read(ref _count);

    public void Connected()
    {
        if (Volatile.Read(ref _failures) is 0)
            return;

        lock (_lock)
        {
            _failures = 0;
            _next = TimeSpan.FromSeconds(1);
            Volatile.Write(ref _until, long.MinValue);
        }
    }

    public void Failed()
    {
        lock (_lock)
        {
            // After its time a target is tried again; a single failure then puts it out for twice as long.
            if (++_failures < Allowed || IsOut)
                return;

            Volatile.Write(ref _until, clock.GetTimestamp() + (long)(_next.TotalSeconds * clock.TimestampFrequency));
            _next = _next * 2 < Longest ? _next * 2 : Longest;
            _count++;
        }
    }
}
