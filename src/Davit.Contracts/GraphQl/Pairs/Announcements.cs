using Davit.Contracts.GraphQl.Model;

namespace Davit.Contracts.GraphQl.Pairs;

/// <summary>What two schemas announce of the end of one element.</summary>
/// <param name="Of">A field or an enum value.</param>
internal sealed record DeprecationPair(IPair Of, Deprecation? Old, Deprecation? New) : IPair
{
    public string Path => $"{Of.Path}.@deprecated";

    public string Element => Of.Element;

    public Origin? OldOrigin => Old?.Use.Origin ?? Of.OldOrigin;

    public Origin? NewOrigin => New?.Use.Origin ?? Of.NewOrigin;
}

/// <summary>Something with an announcement of its own that the new schema no longer has.</summary>
internal sealed record RemovalPair(IPair Of, Definition Old, SchemaPair Schemas) : IPair
{
    public string Path => Of.Path;

    public string Element => Of.Element;

    public Origin? OldOrigin => Of.OldOrigin;

    public Origin? NewOrigin => null;
}
