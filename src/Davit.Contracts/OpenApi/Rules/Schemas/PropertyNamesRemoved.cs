using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values that the schema of names excluded are free now.</summary>
internal sealed class PropertyNamesRemoved : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "property-names-removed", "`propertyNames` was dropped.") { Keyword = "propertyNames" }
        .Known(Severity.Note, In.Request)
        .Known(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Lost("propertyNames") ? "`propertyNames` was dropped" : null;
}
