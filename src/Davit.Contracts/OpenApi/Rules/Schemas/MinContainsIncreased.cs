using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Fewer matches are refused, or no longer sent.</summary>
internal sealed class MinContainsIncreased : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "min-contains-increased", "`minContains` was raised.") { Keyword = "minContains" }
        .Known(Severity.Breaking, In.Request)
        .Known(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("minContains") is { } old && pair.New.Limit("minContains") is { } now && now > old ? $"`minContains` went from {old} to {now}" : null;
}
