using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Strings that did not match are free now.</summary>
internal sealed class PatternRemoved : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "pattern-removed", "`pattern` was dropped.") { Keyword = "pattern" }
        .Known(Severity.Note, Scope.RequestProperty, Scope.RequestParameter)
        .Own(Severity.Note, Scope.RequestBody)
        .Judged(Severity.Warning, Severity.Note, Scope.ResponseProperty)
        .Own(Severity.Warning, Scope.ResponseBody)
        .BreakingByWitness(In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Pattern is not "" && pair.New.Pattern is "" ? $"`pattern` {pair.Old.Pattern} was dropped" : null;
}
