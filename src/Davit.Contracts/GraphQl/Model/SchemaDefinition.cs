using System.Collections.Immutable;

namespace Davit.Contracts.GraphQl.Model;

/// <summary>What a schema says of itself: its entry points and its marks.</summary>
/// <param name="Roots">The type of each operation that is named.</param>
internal sealed record SchemaDefinition(IReadOnlyList<Root> Roots, IReadOnlyList<DirectiveUse> Uses, Origin Origin)
{
    /// <summary>The definition itself is left out, so entry points that are not named here have their usual names.</summary>
    public bool IsExtension { get; init; }
}

/// <param name="Operation"><c>query</c>, <c>mutation</c> or <c>subscription</c>.</param>
internal sealed record Root(string Operation, string Type, Origin Origin)
{
    public static ImmutableArray<string> Operations { get; } = ["query", "mutation", "subscription"];
}
