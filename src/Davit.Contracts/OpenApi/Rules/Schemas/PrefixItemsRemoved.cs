using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>A position of the array has no schema any more.</summary>
internal sealed class PrefixItemsRemoved : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "prefix-items-removed", "A tuple position was dropped.") { Keyword = "prefixItems" }
        .Known(Severity.Breaking, In.Request)
        .Known(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.PrefixItems.Removed is [_, ..] ? "a position of the array has no schema of its own any more" : null;
}
