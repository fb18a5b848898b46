namespace Davit.Contracts.GraphQl.Walk;

/// <summary>Finds what belongs together: by name, for of two that are named alike only the first counts.</summary>
internal static class Pairing
{
    public static IEnumerable<(T? Old, T? New)> ByName<T>(IEnumerable<T>? old, IEnumerable<T>? @new, Func<T, string> name) where T : class
    {
        var open = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var element in @new ?? [])
            open.TryAdd(name(element), element);
        foreach (var element in (old ?? []).DistinctBy(name, StringComparer.Ordinal))
        {
            open.Remove(name(element), out var partner);
            yield return (element, partner);
        }

        foreach (var added in (@new ?? []).Where(n => open.TryGetValue(name(n), out var left) && ReferenceEquals(left, n)))
            yield return (null, added);
    }
}
