using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Elements were free before.</summary>
internal sealed class ItemsSchemaAdded : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "items-schema-added", "Elements have a schema now.") { Keyword = "items" }
        .Own(Severity.Breaking, In.RequestAndParameter)
        .Own(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Gained("items") ? "elements have a schema now" : null;
}
