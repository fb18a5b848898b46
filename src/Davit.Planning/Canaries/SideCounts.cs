using System.Globalization;
using System.Text.Json.Serialization;
using Davit.Planning.Instances;

namespace Davit.Planning.Canaries;

/// <summary>What one side of a split has answered.</summary>
/// <param name="Errors">Answers of 500 and above.</param>
/// <param name="Latency">Answers by time: bucket n holds those of up to 2^(n/4) ms.</param>
public sealed record SideCounts(long Requests, long Errors, EquatableList<long> Latency)
{
    private const int BucketsPerDoubling = 4;

    public static SideCounts None { get; } = new(0, 0, []);

    /// <summary>The time in milliseconds within which 95 of 100 answers were given, to the end of its bucket.</summary>
    [JsonIgnore]
    public double P95
    {
        get
        {
            long below = 0, wanted = (long)Math.Ceiling(Latency.Sum() * 0.95);
            var bucket = Latency.TakeWhile(n => (below += n) < wanted).Count();
            return wanted is 0 ? 0 : Math.Pow(2, (double)bucket / BucketsPerDoubling);
        }
    }

    [JsonIgnore]
    public long Timed => Latency.Sum();

    /// <summary>Answers in the buckets that begin at or after a time.</summary>
    public long SlowerThan(double ms) => Latency.Skip((int)Math.Ceiling(BucketsPerDoubling * Math.Log2(Math.Max(1, ms))) + 1).Sum();

    public SideCounts Plus(SideCounts other) => new(Requests + other.Requests, Errors + other.Errors, Add(Latency, other.Latency, 1));

    /// <summary>What was counted after an earlier reading; an edge that was started anew counts from nothing.</summary>
    public SideCounts Since(SideCounts earlier) =>
        Requests < earlier.Requests ? this : new(Requests - earlier.Requests, Errors - earlier.Errors, Add(Latency, earlier.Latency, -1));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Errors} of {Requests} requests failed ({(Requests is 0 ? 0 : 100.0 * Errors / Requests):0.##} %), p95 {P95:0} ms");

    private static EquatableList<long> Add(EquatableList<long> one, EquatableList<long> other, int sign)
    {
        var (a, b) = (one.Items, other.Items);
        return [.. Enumerable.Range(0, Math.Max(a.Length, b.Length)).Select(i => (i < a.Length ? a[i] : 0) + (i < b.Length ? sign * b[i] : 0))];
    }
}

/// <summary>Both sides over the same time.</summary>
public sealed record SplitCounts(SideCounts Old, SideCounts New)
{
    public static SplitCounts None { get; } = new(SideCounts.None, SideCounts.None);

    public SplitCounts Plus(SplitCounts other) => new(Old.Plus(other.Old), New.Plus(other.New));

    public SplitCounts Since(SplitCounts earlier) => new(Old.Since(earlier.Old), New.Since(earlier.New));
}
