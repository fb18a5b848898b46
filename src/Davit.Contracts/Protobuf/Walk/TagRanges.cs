using Davit.Contracts.Protobuf.Model;

namespace Davit.Contracts.Protobuf.Walk;

/// <summary>Compares numbers that are set aside.</summary>
internal static class TagRanges
{
    /// <summary>Each old range of which something is missing, with what is missing.</summary>
    public static IEnumerable<(TagRange Range, IReadOnlyList<TagRange> Missing)> Missing(IReadOnlyList<TagRange> old, IReadOnlyList<TagRange> @new)
    {
        if (old is [])
            yield break;
        var ordered = @new.OrderBy(r => r.Start).ToList();
        foreach (var range in old)
        {
            var missing = Missing(range, ordered);
            if (missing is not [])
                yield return (range, missing);
        }
    }

    private static List<TagRange> Missing(TagRange range, List<TagRange> ordered)
    {
        var missing = new List<TagRange>();
        var next = (long)range.Start;
        foreach (var kept in ordered)
        {
            if (kept.End < next)
                continue;
            if (kept.Start > range.End)
                break;
            if (kept.Start > next)
                missing.Add(new TagRange((int)next, kept.Start - 1));
            next = kept.End + 1L;
        }

        if (next <= range.End)
            missing.Add(new TagRange((int)next, range.End));
        return missing;
    }
}
