using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Strings that matched may not match now, or the reverse.</summary>
internal sealed class PatternChanged : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "pattern-changed", "`pattern` is another.") { Keyword = "pattern" }
        .Known(Severity.Warning, Scope.RequestProperty, Scope.RequestParameter)
        .Own(Severity.Warning, Scope.RequestBody)
        .Judged(Severity.Warning, Severity.Note, Scope.ResponseProperty)
        .Own(Severity.Warning, Scope.ResponseBody, Scope.ResponseHeader)
        .BreakingByWitness(In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Pattern is not "" && pair.New.Pattern is not "" && pair.Old.Pattern != pair.New.Pattern && !(pair.Scope.IsRequest() && pair.New.Pattern is ".*") ? $"`pattern` went from {pair.Old.Pattern} to {pair.New.Pattern}" : null;
}
