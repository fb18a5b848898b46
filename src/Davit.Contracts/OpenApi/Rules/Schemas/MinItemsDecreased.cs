using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Shorter values are accepted, or may be sent.</summary>
internal sealed class MinItemsDecreased : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "min-items-decreased", "`minItems` was lowered.") { Keyword = "minItems" }
        .Known(Severity.Note, Scope.RequestParameter)
        .Own(Severity.Note, In.Request)
        .Known(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => !pair.New.Least("minItems").IsZero && pair.New.Least("minItems") < pair.Old.Least("minItems") ? $"`minItems` went from {pair.Old.Least("minItems")} to {pair.New.Least("minItems")}" : null;
}
