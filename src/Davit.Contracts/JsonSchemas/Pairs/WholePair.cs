using Davit.Contracts.Documents;
using Davit.Contracts.JsonSchemas.Deciding;
using Davit.Contracts.JsonSchemas.Schemas;

namespace Davit.Contracts.JsonSchemas.Pairs;

/// <summary>Two whole schemas.</summary>
/// <param name="Backward">Whether the new one accepts all that the old one accepts.</param>
/// <param name="Forward">Whether the old one accepts all that the new one accepts.</param>
internal sealed record WholePair(SchemaLoader Old, SchemaLoader New, SubsetVerdict Backward, SubsetVerdict Forward);

/// <summary>One keyword with a plain value at the same place of both schemas; no value where a side does not have it.</summary>
internal sealed record KeywordPair(string Name, Node Old, Node New)
{
    public bool IsAdded => !Old.Exists && New.Exists;

    public bool IsRemoved => Old.Exists && !New.Exists;

    public bool IsChanged => Old.Exists && New.Exists && !NodeEquality.Same(Old, New);
}
