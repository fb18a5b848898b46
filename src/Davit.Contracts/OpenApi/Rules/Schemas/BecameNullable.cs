using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Null is a value now.</summary>
internal sealed class BecameNullable : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Requiredness, "became-nullable", "Null is allowed.") { Keyword = "nullable" }
        .Known(Severity.Note, In.Request)
        .Known(Severity.Note, Scope.RequestParameter, Scope.RequestParameterProperty)
        .Known(Severity.Breaking, In.Response)
        .Known(Severity.Breaking, Scope.ResponseHeader);

    public static string? Judge(SchemaPair pair) => pair.Nullability is Change.Added ? "null is allowed now" : null;
}
