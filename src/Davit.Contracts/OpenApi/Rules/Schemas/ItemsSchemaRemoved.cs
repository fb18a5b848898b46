using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Elements are free now.</summary>
internal sealed class ItemsSchemaRemoved : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "items-schema-removed", "Elements have no schema any more.") { Keyword = "items" }
        .Own(Severity.Note, In.RequestAndParameter)
        .Own(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Lost("items") ? "elements have no schema any more" : null;
}
