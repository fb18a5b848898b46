using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values of the old type are refused, or values of a new one may be sent.</summary>
internal sealed class TypeChanged : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Type, "type-changed", "Type or format is another.") { Keyword = "type" }
        .Known(Severity.Breaking, In.Request)
        .Known(Severity.Breaking, Scope.RequestParameter)
        .Known(Severity.Warning, Scope.RequestParameterProperty)
        .Known(Severity.Breaking, In.Response)
        .Known(Severity.Breaking, Scope.ResponseHeader);

    public static string? Judge(SchemaPair pair) => pair.TypeVerdict is TypeVerdict.Changed ? $"the type went {pair.Types.Told}" : null;

    public static Fact? Claimant(SchemaPair pair) => TypeSpecialized.IsOfRequestBody(pair) ? TypeSpecialized.Fact : null;
}
