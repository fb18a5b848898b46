using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values beyond the limit were free before.</summary>
internal sealed class MaxItemsSet : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "max-items-set", "`maxItems` was introduced.") { Keyword = "maxItems" }
        .Own(Severity.Warning, In.RequestAndParameter)
        .Own(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("maxItems") is null && pair.New.Limit("maxItems") is { } now ? $"`maxItems` is now {now}" : null;
}
