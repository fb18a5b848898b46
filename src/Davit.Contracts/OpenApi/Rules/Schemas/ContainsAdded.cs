using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values that the element that must be there excludes were free before.</summary>
internal sealed class ContainsAdded : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "contains-added", "`contains` was introduced.") { Keyword = "contains" }
        .Known(Severity.Breaking, In.Request)
        .Known(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Gained("contains") ? "`contains` was introduced" : null;
}
