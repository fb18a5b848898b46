namespace Davit.Contracts.Protobuf.Model;

/// <summary>The numbers of ranges, however these overlap, looked up without going through all of them.</summary>
internal sealed class NumberSet
{
    /// <summary>More pieces of one range are not told apart.</summary>
    private const int MostMissing = 100;

    private readonly List<TagRange> _ranges = [];

    public NumberSet(IEnumerable<TagRange> ranges)
    {
        foreach (var range in ranges.Where(r => r.Start <= r.End).OrderBy(r => r.Start))
        {
            if (_ranges is [.., var last] && range.Start <= last.End)
                _ranges[^1] = last with { End = Math.Max(last.End, range.End) };
            else
                _ranges.Add(range);
        }
    }

    public bool Contains(int number) => From(number) is var at && at < _ranges.Count && _ranges[at].Start <= number;

    /// <summary>The parts of a range that are not in the set, in order.</summary>
    public IReadOnlyList<TagRange> Missing(TagRange range)
    {
        var missing = new List<TagRange>();
        var next = (long)range.Start;
        for (var at = From(range.Start); at < _ranges.Count && _ranges[at].Start <= range.End && missing.Count < MostMissing; at++)
        {
            if (_ranges[at].Start > next)
                missing.Add(new TagRange((int)next, _ranges[at].Start - 1));
            next = _ranges[at].End + 1L;
        }

        if (next <= range.End && missing.Count < MostMissing)
            missing.Add(new TagRange((int)next, range.End));
        return missing;
    }

    /// <summary>The place of the first range that ends at a number or behind it.</summary>
    private int From(int number)
    {
        var (low, high) = (0, _ranges.Count);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (_ranges[middle].End < number)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
