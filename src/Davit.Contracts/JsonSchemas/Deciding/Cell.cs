using Davit.Contracts.JsonSchemas.Schemas;
using Davit.Contracts.JsonSchemas.Values;

namespace Davit.Contracts.JsonSchemas.Deciding;

/// <summary>
/// One conjunction of plain conditions, after the alternatives of a goal were taken apart. A condition that cannot be expressed
/// is left out: what then proves empty is empty with it as well, and a value is checked by the validator anyway.
/// </summary>
internal sealed class Cell
{
    private Cell()
    {
    }

    public JsonTypes Types { get; set; } = JsonTypes.Any;

    public List<List<JsonValue>> Enums { get; private init; } = [];

    /// <summary>Values that it may not be.</summary>
    public List<JsonValue> Excluded { get; private init; } = [];

    public Exact? Least { get; private set; }

    public bool IsLeastExcluded { get; private set; }

    public Exact? Most { get; private set; }

    public bool IsMostExcluded { get; private set; }

    public List<Exact> Multiples { get; private init; } = [];

    public List<Exact> NoMultiples { get; private init; } = [];

    public Range Length { get; set; } = Range.All;

    public List<Pattern> Patterns { get; private init; } = [];

    public List<Pattern> NoPatterns { get; private init; } = [];

    public List<string> Meanings { get; private init; } = [];

    public List<string> NoMeanings { get; private init; } = [];

    public Range Items { get; set; } = Range.All;

    /// <summary>Schemas whose `prefixItems` and `items` hold.</summary>
    public List<JsonSchema> Lists { get; private init; } = [];

    /// <summary>Schemas that no element may satisfy.</summary>
    public List<JsonSchema> NoItems { get; private init; } = [];

    /// <summary>Elements that there must be.</summary>
    public List<WantedItem> WantedItems { get; private init; } = [];

    public bool IsUnique { get; set; }

    public bool HasTwins { get; set; }

    public Range Count { get; set; } = Range.All;

    /// <summary>Schemas whose `properties`, `patternProperties` and `additionalProperties` hold.</summary>
    public List<JsonSchema> Objects { get; private init; } = [];

    public HashSet<string> Required { get; private init; } = new(StringComparer.Ordinal);

    public HashSet<string> Absent { get; private init; } = new(StringComparer.Ordinal);

    public List<JsonSchema> Names { get; private init; } = [];

    /// <summary>Members that there must be.</summary>
    public List<WantedMember> WantedMembers { get; private init; } = [];

    public static Cell New() => new();

    public void Except(IEnumerable<JsonValue> values) => Excluded.AddRange(values);

    public Cell Copy() => new()
    {
        Types = Types,
        Enums = [.. Enums],
        Excluded = [.. Excluded],
        Least = Least,
        IsLeastExcluded = IsLeastExcluded,
        Most = Most,
        IsMostExcluded = IsMostExcluded,
        Multiples = [.. Multiples],
        NoMultiples = [.. NoMultiples],
        Length = Length,
        Patterns = [.. Patterns],
        NoPatterns = [.. NoPatterns],
        Meanings = [.. Meanings],
        NoMeanings = [.. NoMeanings],
        Items = Items,
        Lists = [.. Lists],
        NoItems = [.. NoItems],
        WantedItems = [.. WantedItems],
        IsUnique = IsUnique,
        HasTwins = HasTwins,
        Count = Count,
        Objects = [.. Objects],
        Required = new(Required, StringComparer.Ordinal),
        Absent = new(Absent, StringComparer.Ordinal),
        Names = [.. Names],
        WantedMembers = [.. WantedMembers],
    };

    public void AtLeast(Exact? bound, bool isExcluded)
    {
        if (bound is { } value && (Least is not { } least || value > least || (value == least && isExcluded)))
            (Least, IsLeastExcluded) = (value, isExcluded);
    }

    public void AtMost(Exact? bound, bool isExcluded)
    {
        if (bound is { } value && (Most is not { } most || value < most || (value == most && isExcluded)))
            (Most, IsMostExcluded) = (value, isExcluded);
    }

    /// <summary>How many there may be.</summary>
    internal readonly record struct Range(long Least, long Most)
    {
        public static Range All => new(0, long.MaxValue);

        public bool IsEmpty => Least > Most;

        public Range AtLeast(long least) => this with { Least = Math.Max(Least, least) };

        public Range AtMost(long? most) => this with { Most = Math.Min(Most, most ?? long.MaxValue) };
    }
}

/// <summary>An element that a schema accepts or refuses.</summary>
/// <param name="Last">The last place where it may stand; null for any place from the first on.</param>
internal sealed record WantedItem(int First, int? Last, JsonSchema Schema, bool IsAccepted);

/// <summary>A member whose value a schema refuses.</summary>
/// <param name="Name">Its name, when only one is meant.</param>
/// <param name="Pattern">What its name matches, when that is all that is known of it.</param>
/// <param name="Beyond">The schema that neither names nor matches it.</param>
/// <param name="Nameless">The schema that refuses its name instead of its value.</param>
internal sealed record WantedMember(string? Name, Pattern? Pattern, JsonSchema? Beyond, JsonSchema? Value, JsonSchema? Nameless = null);
