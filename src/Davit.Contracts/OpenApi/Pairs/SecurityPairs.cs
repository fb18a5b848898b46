using Davit.Contracts.Documents;

namespace Davit.Contracts.OpenApi.Pairs;

internal enum AlternativeChange
{
    None,
    Required,
    MutualTls,
    Tightened,
    Removed,
    Added,
    Loosened,
    ScopeRequired,
    ScopeFreed,
}

/// <summary>One way to prove who one is, as far as it differs from the ways of the other side.</summary>
internal sealed record AlternativePair(OperationPair Operation, AlternativeChange Change, string Told);

/// <summary>The same security scheme before and after.</summary>
internal sealed record SchemePair(string Name, Node Old, Node New)
{
    /// <summary>The type on both sides; empty when they differ.</summary>
    public string Type => Old["type"].Text == New["type"].Text ? Old["type"].Text ?? "" : "";

    public bool Differs(string member) => !string.Equals(Old[member].Text, New[member].Text, member is "scheme" ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
}

/// <summary>The same flow of an OAuth scheme before and after; at least one of them is there.</summary>
internal sealed record FlowPair(string Scheme, string Flow, Node Old, Node New)
{
    public bool IsAdded => !Old.Exists;

    public bool IsRemoved => !New.Exists;

    public bool Differs(string member) => !IsAdded && !IsRemoved && Old[member].Text != New[member].Text;
}
