using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Larger objects are accepted, or may be sent.</summary>
internal sealed class MaxPropertiesIncreased : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "max-properties-increased", "`maxProperties` was raised.") { Keyword = "maxProperties" }
        .Own(Severity.Note, In.Request)
        .Own(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Limit("maxProperties") is { } old && pair.New.Limit("maxProperties") is { } now && now > old ? $"`maxProperties` went from {old} to {now}" : null;
}
