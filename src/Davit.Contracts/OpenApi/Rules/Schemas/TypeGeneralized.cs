using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>More values are accepted, or may be sent.</summary>
internal sealed class TypeGeneralized : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Type, "type-generalized", "Type or format is wider.") { Keyword = "type" }
        .Known(Severity.Note, In.Request)
        .Known(Severity.Note, Scope.RequestParameter, Scope.RequestParameterProperty)
        .Known(Severity.Breaking, In.Response)
        .Known(Severity.Breaking, Scope.ResponseHeader);

    public static string? Judge(SchemaPair pair) => pair.TypeVerdict is TypeVerdict.Generalized ? $"the type was widened {pair.Types.Told}" : null;
}
