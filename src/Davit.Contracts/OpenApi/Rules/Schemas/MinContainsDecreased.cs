using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Fewer matches are accepted, or may be sent.</summary>
internal sealed class MinContainsDecreased : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "min-contains-decreased", "`minContains` was lowered.") { Keyword = "minContains" }
        .Known(Severity.Note, In.Request)
        .Known(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("minContains") is { } old && pair.New.Limit("minContains") is { } now && now < old ? $"`minContains` went from {old} to {now}" : null;
}
