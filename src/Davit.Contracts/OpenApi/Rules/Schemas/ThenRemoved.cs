using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values that the condition excluded are free now.</summary>
internal sealed class ThenRemoved : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "then-removed", "`then` was dropped.") { Keyword = "then" }
        .Known(Severity.Note, In.Request)
        .Known(Severity.Breaking, In.Response)
        .BreakingByWitness(In.Request);

    public static string? Judge(SchemaPair pair) => pair.Lost("then") ? "`then` was dropped" : null;
}
