using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Smaller objects are accepted, or may be sent.</summary>
internal sealed class MinPropertiesDecreased : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "min-properties-decreased", "`minProperties` was lowered.") { Keyword = "minProperties" }
        .Own(Severity.Note, In.Request)
        .Own(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.New.Least("minProperties") < pair.Old.Least("minProperties") ? $"`minProperties` went from {pair.Old.Least("minProperties")} to {pair.New.Least("minProperties")}" : null;
}
