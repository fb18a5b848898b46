namespace Davit.Contracts.JsonSchemas.Validation;

/// <summary>Which members and elements of one value some keyword has looked at; `unevaluated…` asks for the others.</summary>
internal sealed class Looked
{
    public HashSet<string> Members { get; } = new(StringComparer.Ordinal);

    public HashSet<int> Elements { get; } = [];

    public void Add(Looked other)
    {
        Members.UnionWith(other.Members);
        Elements.UnionWith(other.Elements);
    }
}
