using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values that the closed list excludes were free before.</summary>
internal sealed class UnevaluatedItemsAdded : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "unevaluated-items-added", "`unevaluatedItems` was introduced.") { Keyword = "unevaluatedItems" }
        .Known(Severity.Breaking, In.Request)
        .Known(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Gained("unevaluatedItems") ? "`unevaluatedItems` was introduced" : null;
}
