using Davit.Contracts.Protobuf.Model;

namespace Davit.Contracts.Protobuf.Walk;

/// <summary>Compares numbers that are set aside.</summary>
internal static class TagRanges
{
    /// <summary>Each old range of which something is missing, with what is missing.</summary>
    public static IEnumerable<(TagRange Range, IReadOnlyList<TagRange> Missing)> Missing(IReadOnlyList<TagRange> old, NumberSet @new) =>
        old.Select(range => (range, @new.Missing(range))).Where(m => m.Item2 is not []);
}
