using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Neither side takes what the other one holds.</summary>
internal sealed class ConstChanged : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Values, "const-changed", "`const` is another value.") { Keyword = "const" }
        .Known(Severity.Breaking, In.Request)
        .Own(Severity.Breaking, Scope.RequestParameter)
        .Known(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Const.Exists && pair.New.Const.Exists && !NodeEquality.Same(pair.Old.Const, pair.New.Const) ? $"`const` went from {pair.Old.Const.Scalar} to {pair.New.Const.Scalar}" : null;
}
