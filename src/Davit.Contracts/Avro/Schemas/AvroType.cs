using Davit.Contracts.Documents;

namespace Davit.Contracts.Avro.Schemas;

internal enum AvroKind
{
    Null,
    Boolean,
    Int,
    Long,
    Float,
    Double,
    Bytes,
    String,
    Record,
    Enum,
    Fixed,
    Array,
    Map,
    Union,
}

/// <summary>One schema. A named type is one object wherever it is referred to, so recursive types are cycles.</summary>
internal sealed class AvroType(AvroKind kind, Node node)
{
    public AvroKind Kind { get; } = kind;

    public Node Node { get; } = node;

    public AvroName Name { get; init; }

    public IReadOnlyList<AvroName> Aliases { get; init; } = [];

    /// <summary>Filled after the record is known by its name, because its fields may hold it.</summary>
    public List<AvroField> Fields { get; } = [];

    public IReadOnlyList<string> Symbols { get; init; } = [];

    /// <summary>The symbol of an enum that stands for unknown ones; null when there is none.</summary>
    public string? DefaultSymbol { get; init; }

    public long Size { get; init; }

    /// <summary>The branches of a union, or the one type that an array or a map holds.</summary>
    public IReadOnlyList<AvroType> Inner { get; init; } = [];

    public LogicalType? Logical { get; init; }

    public bool IsNamed => Kind is AvroKind.Record or AvroKind.Enum or AvroKind.Fixed;

    public bool IsUnion => Kind is AvroKind.Union;

    /// <summary>What tells branches of a union apart: the name of a named type, otherwise the kind.</summary>
    public string Title => IsNamed ? Name.Full : Kind.ToString().ToLowerInvariant();

    public override string ToString() => IsUnion ? $"[{string.Join(", ", Inner.Select(b => b.Title))}]" : Title;
}

/// <param name="Default">Nothing where the field has none.</param>
internal sealed record AvroField(string Name, Node Node, AvroType Type, Node Default, IReadOnlyList<string> Aliases)
{
    /// <summary>How records are sorted by it.</summary>
    public string Order => Node["order"].Text ?? "ascending";

    /// <summary>A default that does not fit its type is none: a reader cannot use it.</summary>
    public bool HasUsableDefault => Default.Exists && AvroDefaults.Fits(Type, Default);
}

internal readonly record struct AvroName(string Namespace, string Local)
{
    public string Full => Namespace is null or "" ? Local ?? "" : $"{Namespace}.{Local}";

    /// <summary>A name with dots is a full name; another one is in the namespace around it.</summary>
    public static AvroName Of(string name, string around)
    {
        var dot = name.LastIndexOf('.');
        return dot < 0 ? new AvroName(around, name) : new AvroName(name[..dot], name[(dot + 1)..]);
    }
}

/// <summary>Only those that the specification knows and whose attributes are valid; others are ignored, as it demands.</summary>
internal sealed record LogicalType(string Name, long Precision, long Scale)
{
    public bool IsDecimal => Name is "decimal";
}
