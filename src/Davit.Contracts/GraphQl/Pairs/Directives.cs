using Davit.Contracts.GraphQl.Model;

namespace Davit.Contracts.GraphQl.Pairs;

internal sealed record DirectivePair(SchemaPair Of, DirectiveDefinition? Old, DirectiveDefinition? New) : IPair
{
    public DirectiveDefinition Directive => (New ?? Old)!;

    public string Path => $"@{Directive.Name}";

    public string Element => $"directive {Path}";

    public Origin? OldOrigin => Old?.Origin;

    public Origin? NewOrigin => New?.Origin;
}

/// <summary>A place where a directive may stand.</summary>
internal sealed record LocationPair(DirectivePair Of, NamedRef? Old, NamedRef? New) : IPair
{
    public string Name => (New ?? Old)!.Name;

    public string Path => Of.Path;

    public string Element => $"{Of.Element} on {Name}";

    public Origin? OldOrigin => Old?.Origin;

    public Origin? NewOrigin => New?.Origin;
}

internal sealed record DirectiveArgumentPair(DirectivePair Of, InputValue? Old, InputValue? New) : IPair
{
    public InputValue Argument => (New ?? Old)!;

    public bool IsKept => Old is not null && New is not null;

    /// <summary>An argument that is new is a fact about its directive.</summary>
    public string Path => Old is null ? Of.Path : $"{Of.Path}.{Argument.Name}";

    public string Element => $"argument {Of.Path}({Argument.Name}:)";

    public Origin? OldOrigin => Old?.Origin;

    public Origin? NewOrigin => New?.Origin;
}
