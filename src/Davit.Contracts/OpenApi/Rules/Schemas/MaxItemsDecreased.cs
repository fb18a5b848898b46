using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Longer values are refused, or no longer sent.</summary>
internal sealed class MaxItemsDecreased : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "max-items-decreased", "`maxItems` was lowered.") { Keyword = "maxItems" }
        .Known(Severity.Breaking, Scope.RequestParameter)
        .Own(Severity.Breaking, In.Request)
        .Own(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("maxItems") is { } old && pair.New.Limit("maxItems") is { } now && now < old ? $"`maxItems` went from {old} to {now}" : null;
}
