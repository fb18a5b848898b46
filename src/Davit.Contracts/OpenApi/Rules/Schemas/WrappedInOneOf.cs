using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>What was valid may match two alternatives, or none.</summary>
internal sealed class WrappedInOneOf : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "wrapped-in-one-of", "The schema became one of several alternatives.") { Keyword = "oneOf", Tells = Telling.Wrapping }
        .Known(Severity.Breaking, Scope.RequestBody)
        .Known(Severity.Breaking, Scope.ResponseBody)
        .Own(Severity.Breaking, Scope.RequestProperty, Scope.ResponseProperty);

    public static string? Judge(SchemaPair pair) => pair.Transition.IsWrapped ? $"the object was split into {pair.New.List("oneOf").Count} alternatives" : null;
}
