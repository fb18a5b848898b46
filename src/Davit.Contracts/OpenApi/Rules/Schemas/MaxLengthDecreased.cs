using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Longer values are refused, or no longer sent.</summary>
internal sealed class MaxLengthDecreased : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "max-length-decreased", "`maxLength` was lowered.") { Keyword = "maxLength" }
        .Known(Severity.Breaking, In.RequestAndParameter)
        .Known(Severity.Note, Scope.RequestReadOnlyProperty)
        .Own(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("maxLength") is { } old && pair.New.Limit("maxLength") is { } now && now < old ? $"`maxLength` went from {old} to {now}" : null;
}
