using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Arrays may hold doubles now.</summary>
internal sealed class UniqueItemsRemoved : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "unique-items-removed", "`uniqueItems` was dropped.") { Keyword = "uniqueItems" }
        .Own(Severity.Note, In.RequestAndParameter)
        .Own(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Flag("uniqueItems") && !pair.New.Flag("uniqueItems") ? "elements may be equal now" : null;
}
