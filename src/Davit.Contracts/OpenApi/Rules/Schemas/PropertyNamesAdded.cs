using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values that the schema of names excludes were free before.</summary>
internal sealed class PropertyNamesAdded : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "property-names-added", "`propertyNames` was introduced.") { Keyword = "propertyNames" }
        .Known(Severity.Breaking, In.Request)
        .Known(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Gained("propertyNames") ? "`propertyNames` was introduced" : null;
}
