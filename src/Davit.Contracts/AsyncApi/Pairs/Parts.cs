using Davit.Contracts.Documents;

namespace Davit.Contracts.AsyncApi.Pairs;

/// <summary>One thing that two descriptions may say differently; at least one of them says it.</summary>
/// <param name="Told">How a reader recognises it.</param>
internal abstract record PartPair(string Told, Node Old, Node New)
{
    public bool IsAdded => !Old.Exists;

    public bool IsRemoved => !New.Exists;

    public bool IsKept => Old.Exists && New.Exists;

    /// <summary>Both say it, and not the same.</summary>
    public bool Differs => IsKept && !NodeEquality.Same(Old, New);
}

/// <summary>A member whose value is all that counts.</summary>
internal sealed record ValuePair(string Told, Node Old, Node New) : PartPair(Told, Old, New);

internal enum ServerPart
{
    Whole,
    Address,
    Variable,
    VariableValue,

    /// <summary>The list of what a variable may be.</summary>
    VariableValues,
}

/// <param name="IsLast">Nothing of its kind is left.</param>
internal sealed record ServerPartPair(ServerPart Part, string Told, Node Old, Node New, bool IsLast = false) : PartPair(Told, Old, New);

internal enum ChannelPart
{
    Whole,
    Address,
    Server,

    /// <summary>The list of the servers that have it; without one all have it.</summary>
    Servers,
}

internal sealed record ChannelPartPair(ChannelPart Part, string Told, Node Old, Node New) : PartPair(Told, Old, New);

internal enum OperationPart
{
    Whole,
    Id,
    Action,
    Channel,
}

internal sealed record OperationPartPair(OperationPart Part, string Told, Node Old, Node New) : PartPair(Told, Old, New);

internal enum ReplyPart
{
    Whole,
    Address,
    Channel,
}

internal sealed record ReplyPartPair(ReplyPart Part, string Told, Node Old, Node New) : PartPair(Told, Old, New);

/// <param name="IsUsed">Some message names no content type of its own.</param>
internal sealed record DefaultContentTypePair(string Told, Node Old, Node New, bool IsUsed) : PartPair(Told, Old, New);
