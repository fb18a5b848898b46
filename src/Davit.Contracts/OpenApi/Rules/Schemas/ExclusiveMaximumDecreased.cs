using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Larger values are refused, or no longer sent.</summary>
internal sealed class ExclusiveMaximumDecreased : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "exclusive-max-decreased", "`exclusiveMaximum` was lowered.") { Keyword = "exclusiveMaximum" }
        .Known(Severity.Breaking, In.RequestAndParameter)
        .Known(Severity.Note, Scope.RequestReadOnlyProperty)
        .Own(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("exclusiveMaximum") is { } old && pair.New.Limit("exclusiveMaximum") is { } now && now < old ? $"`exclusiveMaximum` went from {old} to {now}" : null;
}
