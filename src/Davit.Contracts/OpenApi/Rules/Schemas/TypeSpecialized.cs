using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Fewer values are accepted, or sent.</summary>
internal sealed class TypeSpecialized : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Type, "type-specialized", "Type or format is narrower.") { Keyword = "type" }
        .Own(Severity.Breaking, In.Request)
        .Known(Severity.Breaking, Scope.RequestParameterProperty)
        .Known(Severity.Note, In.Response)
        .Known(Severity.Note, Scope.ResponseHeader);

    public static string? Judge(SchemaPair pair) => pair.TypeVerdict is TypeVerdict.Specialized || IsOfRequestBody(pair) ? $"the type was narrowed {pair.Types.Told}" : null;

    /// <summary>The other checker does not tell it from a type that is another.</summary>
    public static bool IsOfRequestBody(SchemaPair pair) => pair.Scope.IsRequest() && pair.Scope.IsBody() && pair is { TypeVerdict: TypeVerdict.Changed, Types.IsNarrower: true };
}
