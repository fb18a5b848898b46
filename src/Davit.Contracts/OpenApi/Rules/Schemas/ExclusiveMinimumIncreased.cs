using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Smaller values are refused, or no longer sent.</summary>
internal sealed class ExclusiveMinimumIncreased : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "exclusive-min-increased", "`exclusiveMinimum` was raised.") { Keyword = "exclusiveMinimum" }
        .Known(Severity.Breaking, In.RequestAndParameter)
        .Known(Severity.Note, Scope.RequestReadOnlyProperty)
        .Own(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("exclusiveMinimum") is { } old && pair.New.Limit("exclusiveMinimum") is { } now && now > old ? $"`exclusiveMinimum` went from {old} to {now}" : null;
}
