using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values that the closed list excluded are free now.</summary>
internal sealed class UnevaluatedItemsRemoved : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "unevaluated-items-removed", "`unevaluatedItems` was dropped.") { Keyword = "unevaluatedItems" }
        .Known(Severity.Note, In.Request)
        .Known(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Lost("unevaluatedItems") ? "`unevaluatedItems` was dropped" : null;
}
