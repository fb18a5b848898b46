using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Null is no value any more.</summary>
internal sealed class BecameNotNullable : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Requiredness, "became-not-nullable", "Null is no longer allowed.") { Keyword = "nullable" }
        .Known(Severity.Breaking, In.Request)
        .Known(Severity.Breaking, Scope.RequestParameter, Scope.RequestParameterProperty)
        .Known(Severity.Note, In.Response)
        .Known(Severity.Note, Scope.ResponseHeader);

    public static string? Judge(SchemaPair pair) => pair.Nullability is Change.Removed ? "null is not allowed any more" : null;
}
