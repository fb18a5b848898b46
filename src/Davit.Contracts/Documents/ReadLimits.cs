namespace Davit.Contracts.Documents;

/// <summary>How much an input may be before reading it ends with a problem.</summary>
internal sealed record ReadLimits
{
    public static ReadLimits Default { get; } = new();

    public int Bytes { get; init; } = 96 << 20;

    public int Depth { get; init; } = 512;

    public int Nodes { get; init; } = 30_000_000;

    /// <summary>Bytes of one scalar.</summary>
    public int Scalar { get; init; } = 8 << 20;

    public int AliasedNodes { get; init; } = 5_000_000;

    /// <summary>How many times the nodes of a file may grow by its aliases.</summary>
    public int AliasGrowth { get; init; } = 20;

    /// <summary>An object in which a name stands twice is refused, since readers differ in which one counts.</summary>
    public bool RefusesTwins { get; init; } = true;
}
