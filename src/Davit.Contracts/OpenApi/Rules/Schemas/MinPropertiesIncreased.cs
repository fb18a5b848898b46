using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Smaller objects are refused, or no longer sent.</summary>
internal sealed class MinPropertiesIncreased : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "min-properties-increased", "`minProperties` was raised.") { Keyword = "minProperties" }
        .Own(Severity.Breaking, In.Request)
        .Own(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.New.Least("minProperties") > pair.Old.Least("minProperties") ? $"`minProperties` went from {pair.Old.Least("minProperties")} to {pair.New.Least("minProperties")}" : null;
}
