using Davit.Contracts.GraphQl.Model;

namespace Davit.Contracts.GraphQl.Pairs;

/// <summary>Both schemas.</summary>
/// <param name="Today">The day that end dates are measured against.</param>
internal sealed record SchemaPair(Schema Old, Schema New, DateOnly Today)
{
    /// <summary>One of them tells more than the other, so that silence of the other means nothing.</summary>
    public bool IsMixed => Old.HasUses != New.HasUses;

    /// <summary>Whether leaving both out comes to the same.</summary>
    public bool HaveSameDefault(InputValue old, InputValue @new) => old.Default is null || @new.Default is null
        ? old.Default == @new.Default
        : Value.Same(Coercion.Of(old.Default, old.Type, Old), Coercion.Of(@new.Default, @new.Type, New));
}

/// <param name="Operation"><c>query</c>, <c>mutation</c> or <c>subscription</c>.</param>
internal sealed record RootPair(SchemaPair Of, string Operation, Root? Old, Root? New) : IPair
{
    public string Path => "";

    public string Element => $"schema {Operation}";

    public Origin? OldOrigin => Old?.Origin;

    public Origin? NewOrigin => New?.Origin;
}

internal sealed record TypePair(SchemaPair Of, TypeDefinition? Old, TypeDefinition? New) : IPair
{
    public TypeDefinition Type => (New ?? Old)!;

    public bool IsKept => Old is not null && New is not null;

    public bool IsNew => Old is null;

    public bool BecameUnreachable => IsKept && Of.Old.Reachable.Contains(Type.Name) && !Of.New.Reachable.Contains(Type.Name);

    public string Path => Type.Name;

    public string Element => Type.Told;

    public Origin? OldOrigin => Old?.Origin;

    public Origin? NewOrigin => New?.Origin;
}

internal sealed record FieldPair(TypePair Of, Field? Old, Field? New) : IPair
{
    public Field Field => (New ?? Old)!;

    public bool IsKept => Old is not null && New is not null;

    public string Path => $"{Of.Path}.{Field.Name}";

    public string Element => $"field {Path}";

    public Origin? OldOrigin => Old?.Origin;

    public Origin? NewOrigin => New?.Origin;
}

internal sealed record ArgumentPair(FieldPair Of, InputValue? Old, InputValue? New) : IPair
{
    public InputValue Argument => (New ?? Old)!;

    public bool IsKept => Old is not null && New is not null;

    public string Path => $"{Of.Path}.{Argument.Name}";

    public string Element => $"argument {Of.Path}({Argument.Name}:)";

    public Origin? OldOrigin => Old?.Origin;

    public Origin? NewOrigin => New?.Origin;
}

internal sealed record InputFieldPair(TypePair Of, InputValue? Old, InputValue? New) : IPair
{
    public InputValue Field => (New ?? Old)!;

    public bool IsKept => Old is not null && New is not null;

    public string Path => $"{Of.Path}.{Field.Name}";

    public string Element => $"input field {Path}";

    public Origin? OldOrigin => Old?.Origin;

    public Origin? NewOrigin => New?.Origin;
}

internal sealed record EnumValuePair(TypePair Of, EnumValue? Old, EnumValue? New) : IPair
{
    public EnumValue Value => (New ?? Old)!;

    public bool IsKept => Old is not null && New is not null;

    public string Path => $"{Of.Path}.{Value.Name}";

    public string Element => $"enum value {Path}";

    public Origin? OldOrigin => Old?.Origin;

    public Origin? NewOrigin => New?.Origin;
}

/// <summary>A type that a union holds.</summary>
internal sealed record UnionMemberPair(TypePair Of, NamedRef? Old, NamedRef? New) : IPair
{
    public string Name => (New ?? Old)!.Name;

    public string Path => Of.Path;

    public string Element => $"{Of.Element} member {Name}";

    public Origin? OldOrigin => Old?.Origin;

    public Origin? NewOrigin => New?.Origin;
}

/// <summary>An interface that a type implements.</summary>
internal sealed record InterfacePair(TypePair Of, NamedRef? Old, NamedRef? New) : IPair
{
    public string Name => (New ?? Old)!.Name;

    public string Path => Of.Path;

    public string Element => $"{Of.Element} implements {Name}";

    public Origin? OldOrigin => Old?.Origin;

    public Origin? NewOrigin => New?.Origin;
}

/// <summary>A field of an interface and one of the types that must have it.</summary>
/// <param name="Type">As the new schema has it.</param>
internal sealed record ImplementationPair(FieldPair Of, TypeDefinition Type) : IPair
{
    public bool IsImplemented => Type.Fields.Any(f => f.Name == Of.Field.Name);

    public string Path => $"{Type.Name}.{Of.Field.Name}";

    public string Element => $"field {Path}";

    public Origin? OldOrigin => Of.OldOrigin;

    public Origin? NewOrigin => Type.Origin;
}
