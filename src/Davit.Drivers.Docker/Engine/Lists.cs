using Davit.Planning.Instances;

namespace Davit.Drivers.Docker.Engine;

/// <summary>Empty collections are left out of messages, so that the engine's defaults hold.</summary>
internal static class Lists
{
    public static IReadOnlyList<T>? OrNull<T>(EquatableList<T> list) => list.IsEmpty ? null : list.Items;

    public static IReadOnlyList<T>? OrNull<T>(IReadOnlyList<T> list) => list.Count is 0 ? null : list;

    public static SortedDictionary<string, string>? OrNull(EquatableMap map) => map.IsEmpty ? null : new(map.Entries, StringComparer.Ordinal);
}
