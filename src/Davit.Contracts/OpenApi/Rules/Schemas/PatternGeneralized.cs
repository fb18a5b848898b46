using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Every string matches now.</summary>
internal sealed class PatternGeneralized : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "pattern-generalized", "`pattern` was opened to all strings.") { Keyword = "pattern" }
        .Known(Severity.Note, Scope.RequestProperty, Scope.RequestParameter)
        .Own(Severity.Note, Scope.RequestBody);

    public static string? Judge(SchemaPair pair) => pair.Old.Pattern is not ("" or ".*") && pair.New.Pattern is ".*" ? $"`pattern` went from {pair.Old.Pattern} to one that every string matches" : null;
}
