using Davit.Contracts.Documents;
using Davit.Contracts.OpenApi.Rules;

namespace Davit.Contracts.OpenApi.Pairs;

/// <summary>A value of a closed list before and after; one of them is missing.</summary>
internal sealed record ValuePair(SchemaPair Of, Node Old, Node New) : ISchemaPart
{
    public bool IsAdded => !Old.Exists;

    public bool IsRemoved => !New.Exists;

    public string Told => (Old.Exists ? Old : New).Scalar ?? "a composed value";
}
