namespace Davit.Contracts.GraphQl.Model;

internal enum TypeKind : byte
{
    Scalar,
    Object,
    Interface,
    Union,
    Enum,
    InputObject,
}

/// <summary>A named type with all that its extensions add.</summary>
internal sealed record TypeDefinition(TypeKind Kind, string Name, Origin Origin) : Definition(Name, Origin)
{
    public IReadOnlyList<NamedRef> Interfaces { get; init; } = [];

    public IReadOnlyList<Field> Fields { get; init; } = [];

    public IReadOnlyList<InputValue> InputFields { get; init; } = [];

    public IReadOnlyList<EnumValue> Values { get; init; } = [];

    /// <summary>The types of a union.</summary>
    public IReadOnlyList<NamedRef> Members { get; init; } = [];

    public bool IsOneOf => Kind is TypeKind.InputObject && Uses.Any(u => u.Name is "oneOf");

    /// <summary>Where the text of a scalar is specified.</summary>
    public string? SpecifiedBy => Uses.FirstOrDefault(u => u.Name is "specifiedBy")?["url"] is { Kind: ValueKind.String } url ? url.Text : null;

    public string Told => $"{KindTold} {Name}";

    public string KindTold => Kind switch
    {
        TypeKind.Scalar => "scalar",
        TypeKind.Object => "type",
        TypeKind.Interface => "interface",
        TypeKind.Union => "union",
        TypeKind.Enum => "enum",
        _ => "input",
    };

    public TypeDefinition With(IReadOnlyCollection<TypeDefinition> extensions) => extensions.Count is 0 ? this : this with
    {
        Uses = [.. Uses, .. extensions.SelectMany(e => e.Uses)],
        Interfaces = [.. Interfaces, .. extensions.SelectMany(e => e.Interfaces)],
        Fields = [.. Fields, .. extensions.SelectMany(e => e.Fields)],
        InputFields = [.. InputFields, .. extensions.SelectMany(e => e.InputFields)],
        Values = [.. Values, .. extensions.SelectMany(e => e.Values)],
        Members = [.. Members, .. extensions.SelectMany(e => e.Members)],
    };
}
