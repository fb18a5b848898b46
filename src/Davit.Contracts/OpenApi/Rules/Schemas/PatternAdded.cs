using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Strings that do not match were free before.</summary>
internal sealed class PatternAdded : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "pattern-added", "`pattern` was introduced.") { Keyword = "pattern" }
        .Known(Severity.Breaking, Scope.RequestProperty, Scope.RequestParameter)
        .Own(Severity.Breaking, Scope.RequestBody)
        .Known(Severity.Note, Scope.ResponseProperty)
        .Own(Severity.Note, Scope.ResponseBody);

    public static string? Judge(SchemaPair pair) => pair.Old.Pattern is "" && pair.New.Pattern is not "" ? $"`pattern` is now {pair.New.Pattern}" : null;
}
