using Davit.Contracts.Documents;
using Davit.Contracts.OpenApi.Rules;

namespace Davit.Contracts.OpenApi.Pairs;

/// <summary>One named entry of a keyword that holds a map, before and after; at least one of them is there.</summary>
/// <param name="Keyword">Such as <c>dependentRequired</c>.</param>
internal sealed record EntryPair(SchemaPair Of, string Keyword, string Name, Node Old, Node New) : ISchemaPart
{
    public bool IsAdded => !Old.Exists;

    public bool IsRemoved => !New.Exists;

    public bool IsChanged => Old.Exists && New.Exists && !(Old.IsArray ? NodeEquality.SameSet(Old, New) : NodeEquality.Same(Old, New));
}
