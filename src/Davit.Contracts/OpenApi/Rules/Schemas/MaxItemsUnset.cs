using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values beyond the limit are free now.</summary>
internal sealed class MaxItemsUnset : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "max-items-unset", "`maxItems` was dropped.") { Keyword = "maxItems" }
        .Own(Severity.Note, In.RequestAndParameter)
        .Own(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("maxItems") is { } old && pair.New.Limit("maxItems") is null ? $"`maxItems` {old} was dropped" : null;
}
