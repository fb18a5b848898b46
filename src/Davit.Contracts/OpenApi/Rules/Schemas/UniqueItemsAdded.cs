using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Arrays with doubles were valid before.</summary>
internal sealed class UniqueItemsAdded : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "unique-items-added", "`uniqueItems` was introduced.") { Keyword = "uniqueItems" }
        .Own(Severity.Breaking, In.RequestAndParameter)
        .Own(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => !pair.Old.Flag("uniqueItems") && pair.New.Flag("uniqueItems") ? "elements must be different now" : null;
}
