using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values that the element that must be there excluded are free now.</summary>
internal sealed class ContainsRemoved : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "contains-removed", "`contains` was dropped.") { Keyword = "contains" }
        .Known(Severity.Note, In.Request)
        .Known(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Lost("contains") ? "`contains` was dropped" : null;
}
