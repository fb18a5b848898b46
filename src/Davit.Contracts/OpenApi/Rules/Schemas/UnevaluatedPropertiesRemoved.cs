using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values that the closed object excluded are free now.</summary>
internal sealed class UnevaluatedPropertiesRemoved : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "unevaluated-properties-removed", "`unevaluatedProperties` was dropped.") { Keyword = "unevaluatedProperties" }
        .Known(Severity.Note, In.Request)
        .Known(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Lost("unevaluatedProperties") ? "`unevaluatedProperties` was dropped" : null;
}
