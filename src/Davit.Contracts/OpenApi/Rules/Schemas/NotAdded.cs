using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>What is excluded was free before.</summary>
internal sealed class NotAdded : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "not-added", "`not` was introduced.") { Keyword = "not" }
        .Own(Severity.Breaking, In.Request)
        .Own(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Gained("not") ? "some values are excluded now" : null;
}
