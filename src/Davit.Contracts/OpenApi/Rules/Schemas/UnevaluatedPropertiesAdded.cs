using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values that the closed object excludes were free before.</summary>
internal sealed class UnevaluatedPropertiesAdded : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "unevaluated-properties-added", "`unevaluatedProperties` was introduced.") { Keyword = "unevaluatedProperties" }
        .Known(Severity.Breaking, In.Request)
        .Known(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Gained("unevaluatedProperties") ? "`unevaluatedProperties` was introduced" : null;
}
