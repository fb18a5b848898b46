using Davit.Edge.Control;

namespace Davit.Edge.AccessLog;

/// <summary>Counts of one side of a split; survives table swaps for as long as the split lasts.</summary>
internal sealed class SideFigures
{
    /// <summary>Four buckets to each doubling tell times apart that differ by a fifth.</summary>
    private const int BucketsPerDoubling = 4;

    private readonly long[] _latency = new long[64];
    private long _requests;
    private long _errors;

    /// <summary>A client that went away says nothing about the side; a connection that was turned over to another protocol has no time of its own.</summary>
    public void Answered(int status, TimeSpan took)
    {
        if (status is StatusCodes.Status499ClientClosedRequest)
            return;

        Interlocked.Increment(ref _requests);
        if (status >= 500)
            Interlocked.Increment(ref _errors);

        if (status is not StatusCodes.Status101SwitchingProtocols)
            Interlocked.Increment(ref _latency[Bucket(took.TotalMilliseconds)]);
    }

    public SideCounters Read(string release) => new(release, Volatile.Read(ref _requests), Volatile.Read(ref _errors), [.. _latency]);

    private int Bucket(double ms) => ms <= 1 ? 0 : Math.Min(_latency.Length - 1, (int)Math.Ceiling(BucketsPerDoubling * Math.Log2(ms)));
}
