using System.Collections.Immutable;

namespace Davit.Manifest;

/// <summary>Empty maps in ordinal order, the only order a manifest has.</summary>
public static class Maps
{
    public static ImmutableSortedDictionary<string, string> None { get; } = Empty<string>();

    public static ImmutableSortedDictionary<string, string?> NoNullable { get; } = Empty<string?>();

    public static ImmutableSortedDictionary<string, T> Empty<T>() => ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);
}
