using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values beyond the limit were free before.</summary>
internal sealed class MinItemsSet : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "min-items-set", "`minItems` was introduced.") { Keyword = "minItems" }
        .Known(Severity.Warning, In.RequestAndParameter)
        .Own(Severity.Note, In.Response)
        .BreakingByWitness(In.RequestAndParameter);

    public static string? Judge(SchemaPair pair) => pair.Old.Least("minItems").IsZero && !pair.New.Least("minItems").IsZero ? $"`minItems` is now {pair.New.Least("minItems")}" : null;
}
