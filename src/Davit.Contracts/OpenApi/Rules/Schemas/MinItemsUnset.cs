using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values beyond the limit are free now.</summary>
internal sealed class MinItemsUnset : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "min-items-unset", "`minItems` was dropped.") { Keyword = "minItems" }
        .Own(Severity.Note, In.RequestAndParameter)
        .Known(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => !pair.Old.Least("minItems").IsZero && pair.New.Least("minItems").IsZero ? $"`minItems` {pair.Old.Least("minItems")} was dropped" : null;
}
