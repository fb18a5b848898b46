using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Senders may still use the value.</summary>
internal sealed class EnumValueRemoved : ISchemaRule<ValuePair>
{
    public static Fact Fact { get; } = new Fact(Kind.Values, "enum-value-removed", "The list of values is shorter.")
        .Known(Severity.Breaking, In.Request)
        .Known(Severity.Note, Scope.RequestReadOnlyProperty)
        .Known(Severity.Breaking, Scope.RequestParameter, Scope.RequestParameterProperty)
        .Known(Severity.Note, Scope.ResponseProperty)
        .KnownAs("response-mediatype-enum-value-removed", Severity.Note, Scope.ResponseBody)
        .Own(Severity.Note, Scope.ResponseHeader);

    public static string? Judge(ValuePair value) => value.IsRemoved ? $"'{value.Told}' was removed from the values" : null;
}
