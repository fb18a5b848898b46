using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values that the constant excludes were free before.</summary>
internal sealed class ConstAdded : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Values, "const-added", "`const` was introduced.") { Keyword = "const" }
        .Known(Severity.Breaking, In.Request)
        .Own(Severity.Breaking, Scope.RequestParameter)
        .Known(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Gained("const") ? "`const` was introduced" : null;
}
