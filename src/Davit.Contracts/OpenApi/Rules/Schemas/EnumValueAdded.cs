using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Readers may not know the value.</summary>
internal sealed class EnumValueAdded : ISchemaRule<ValuePair>
{
    public static Fact Fact { get; } = new Fact(Kind.Values, "enum-value-added", "The list of values is longer.")
        .Known(Severity.Note, Scope.RequestProperty)
        .Known(Severity.Note, Scope.RequestParameter, Scope.RequestParameterProperty)
        .Own(Severity.Note, Scope.RequestBody)
        .Known(Severity.Warning, Scope.ResponseProperty)
        .Known(Severity.Note, Scope.ResponseWriteOnlyProperty)
        .Own(Severity.Warning, Scope.ResponseBody)
        .Own(Severity.Warning, Scope.ResponseHeader);

    public static string? Judge(ValuePair value) => value.IsAdded ? $"'{value.Told}' was added to the values" : null;
}
