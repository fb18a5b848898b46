using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Larger values are refused, or no longer sent.</summary>
internal sealed class MaximumDecreased : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "max-decreased", "`maximum` was lowered.") { Keyword = "maximum" }
        .Known(Severity.Breaking, In.RequestAndParameter)
        .Known(Severity.Note, Scope.RequestReadOnlyProperty)
        .Own(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("maximum") is { } old && pair.New.Limit("maximum") is { } now && now < old ? $"`maximum` went from {old} to {now}" : null;
}
