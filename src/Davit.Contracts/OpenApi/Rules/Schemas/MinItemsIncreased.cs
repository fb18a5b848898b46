using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Shorter values are refused, or no longer sent.</summary>
internal sealed class MinItemsIncreased : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "min-items-increased", "`minItems` was raised.") { Keyword = "minItems" }
        .Known(Severity.Breaking, In.RequestAndParameter)
        .Own(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("minItems") is { IsZero: false } old && pair.New.Least("minItems") > old ? $"`minItems` went from {old} to {pair.New.Least("minItems")}" : null;
}
