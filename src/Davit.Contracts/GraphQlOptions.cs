namespace Davit.Contracts;

/// <summary>How findings about GraphQL schemas are told. Every option is off unless it is asked for.</summary>
public sealed record GraphQlOptions
{
    /// <summary>What may break some consumer counts as breaking.</summary>
    public bool DangerousIsBreaking { get; init; }

    /// <summary>To remove what was deprecated, or a whole type, is a warning at most.</summary>
    public bool DeprecatedRemovalIsSafe { get; init; }

    /// <summary>Nothing is said of descriptions.</summary>
    public bool IgnoreDescriptions { get; init; }

    /// <summary>Nothing is said of directives on elements.</summary>
    public bool IgnoreDirectiveUses { get; init; }

    /// <summary>What is new with its parent is not told by itself.</summary>
    public bool Simplify { get; init; }

    /// <summary>What no operation of the old schema could come by breaks nobody.</summary>
    public bool SafeWhenUnreachable { get; init; }
}
