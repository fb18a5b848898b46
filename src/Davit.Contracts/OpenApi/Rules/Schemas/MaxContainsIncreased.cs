using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>More matches are accepted, or may be sent.</summary>
internal sealed class MaxContainsIncreased : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "max-contains-increased", "`maxContains` was raised.") { Keyword = "maxContains" }
        .Known(Severity.Note, In.Request)
        .Known(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("maxContains") is { } old && pair.New.Limit("maxContains") is { } now && now > old ? $"`maxContains` went from {old} to {now}" : null;
}
