using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values that the condition excludes were free before.</summary>
internal sealed class ThenAdded : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "then-added", "`then` was introduced.") { Keyword = "then" }
        .Known(Severity.Breaking, In.Request)
        .Known(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Gained("then") ? "`then` was introduced" : null;
}
