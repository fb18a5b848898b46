using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>A position of the array has a schema now.</summary>
internal sealed class PrefixItemsAdded : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "prefix-items-added", "A tuple position was introduced.") { Keyword = "prefixItems" }
        .Known(Severity.Note, In.Request)
        .Known(Severity.Breaking, In.Response)
        .BreakingByWitness(In.Request);

    public static string? Judge(SchemaPair pair) => pair.PrefixItems.Added is [_, ..] ? "a position of the array has a schema of its own now" : null;
}
