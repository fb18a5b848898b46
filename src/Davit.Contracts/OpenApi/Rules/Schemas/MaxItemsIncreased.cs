using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Longer values are accepted, or may be sent.</summary>
internal sealed class MaxItemsIncreased : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "max-items-increased", "`maxItems` was raised.") { Keyword = "maxItems" }
        .Known(Severity.Note, Scope.RequestParameter)
        .Own(Severity.Note, In.Request)
        .Own(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("maxItems") is { } old && pair.New.Limit("maxItems") is { } now && now > old ? $"`maxItems` went from {old} to {now}" : null;
}
