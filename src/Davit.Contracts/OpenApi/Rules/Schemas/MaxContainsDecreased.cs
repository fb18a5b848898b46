using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>More matches are refused, or no longer sent.</summary>
internal sealed class MaxContainsDecreased : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "max-contains-decreased", "`maxContains` was lowered.") { Keyword = "maxContains" }
        .Known(Severity.Breaking, In.Request)
        .Known(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("maxContains") is { } old && pair.New.Limit("maxContains") is { } now && now < old ? $"`maxContains` went from {old} to {now}" : null;
}
