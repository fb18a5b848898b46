using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Larger objects are refused, or no longer sent.</summary>
internal sealed class MaxPropertiesDecreased : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "max-properties-decreased", "`maxProperties` was lowered.") { Keyword = "maxProperties" }
        .Own(Severity.Breaking, In.Request)
        .Own(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("maxProperties") is { } old && pair.New.Limit("maxProperties") is { } now && now < old ? $"`maxProperties` went from {old} to {now}" : null;
}
