using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Davit.Planning.Instances;

/// <summary>An immutable map from names to text, sorted by ordinal, whose equality is that of its entries.</summary>
[JsonConverter(typeof(EquatableMapConverter))]
public readonly struct EquatableMap(ImmutableSortedDictionary<string, string> entries) : IEquatable<EquatableMap>
{
    private static readonly ImmutableSortedDictionary<string, string> None = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    private readonly ImmutableSortedDictionary<string, string>? _entries = entries.WithComparers(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, string> Entries => _entries ?? None;

    public int Count => Entries.Count;

    public bool IsEmpty => Entries.IsEmpty;

    public string? this[string key] => Entries.GetValueOrDefault(key);

    public static bool operator ==(EquatableMap left, EquatableMap right) => left.Equals(right);

    public static bool operator !=(EquatableMap left, EquatableMap right) => !left.Equals(right);

    public static EquatableMap From(IEnumerable<KeyValuePair<string, string>> entries) => new(None.SetItems(entries));

    public static EquatableMap Of(params ReadOnlySpan<(string Key, string Value)> entries)
    {
        var made = None.ToBuilder();
        foreach (var (key, value) in entries)
            made[key] = value;
        return new(made.ToImmutable());
    }

    public EquatableMap With(string key, string value) => new(Entries.SetItem(key, value));

    public EquatableMap With(EquatableMap others) => new(Entries.SetItems(others.Entries));

    public bool Equals(EquatableMap other) => Entries.SequenceEqual(other.Entries);

    public override bool Equals(object? obj) => obj is EquatableMap other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var (key, value) in Entries)
            hash.Add((key, value));
        return hash.ToHashCode();
    }

    public ImmutableSortedDictionary<string, string>.Enumerator GetEnumerator() => Entries.GetEnumerator();

    /// <summary>Names only: values may be configuration that does not belong into a log.</summary>
    public override string ToString() => $"{{{string.Join(", ", Entries.Keys)}}}";
}
