using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values that the constant excluded are free now.</summary>
internal sealed class ConstRemoved : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Values, "const-removed", "`const` was dropped.") { Keyword = "const" }
        .Known(Severity.Note, In.Request)
        .Own(Severity.Note, Scope.RequestParameter)
        .Known(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Lost("const") ? "`const` was dropped" : null;
}
