using Davit.Contracts.GraphQl.Model;

namespace Davit.Contracts.GraphQl.Pairs;

/// <summary>Where a directive can stand in a schema.</summary>
internal enum Spot
{
    Schema,
    Scalar,
    Object,
    Interface,
    UnionMember,
    Enum,
    EnumValue,
    InputObject,
    InputFieldDefinition,

    /// <summary>A field of an operation. No schema has one; stored operations do.</summary>
    Field,

    FieldDefinition,
    ArgumentDefinition,
}

/// <summary>What carries directives, before and after.</summary>
/// <param name="Path">Empty for the schema itself.</param>
/// <param name="IsNew">The old schema does not have it.</param>
internal sealed record Carrier(Spot Spot, string Path, string Element, bool IsNew)
{
    public static Carrier Of(Spot spot, IPair pair) => new(spot, pair.Path, pair.Element, pair.OldOrigin is null);
}

/// <summary>One use of a directive; of several uses on one element the first pairs with the first.</summary>
/// <param name="OldIsKept">The same use stands elsewhere among those of the new element.</param>
internal sealed record UsePair(Carrier On, DirectiveUse? Old, DirectiveUse? New, bool OldIsKept) : IPair
{
    public string Name => (New ?? Old)!.Name;

    public string Path => $"{On.Path}.@{Name}";

    public string Element => $"{On.Element} @{Name}";

    public Origin? OldOrigin => Old?.Origin;

    public Origin? NewOrigin => New?.Origin;
}

internal sealed record UseArgumentPair(UsePair Of, DirectiveArgument? Old, DirectiveArgument? New) : IPair
{
    public string Name => (New ?? Old)!.Name;

    public bool IsChanged => Old is not null && New is not null && Old.Value.ToString() != New.Value.ToString();

    public string Path => $"{Of.Path}.{Name}";

    public string Element => $"{Of.Element}({Name}:)";

    public Origin? OldOrigin => Old?.Origin ?? Of.OldOrigin;

    public Origin? NewOrigin => New?.Origin ?? Of.NewOrigin;
}
