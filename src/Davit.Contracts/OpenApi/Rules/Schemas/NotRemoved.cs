using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>What was excluded is free now.</summary>
internal sealed class NotRemoved : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "not-removed", "`not` was dropped.") { Keyword = "not" }
        .Own(Severity.Note, In.Request)
        .Own(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Lost("not") ? "no values are excluded any more" : null;
}
