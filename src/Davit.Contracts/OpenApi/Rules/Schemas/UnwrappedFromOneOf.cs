using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>What was valid by one of the alternatives may not be by what is left.</summary>
internal sealed class UnwrappedFromOneOf : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "unwrapped-from-one-of", "Several alternatives became one object.") { Keyword = "oneOf", Tells = Telling.Wrapping }
        .Own(Severity.Breaking, In.Request)
        .Own(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Transition.IsUnwrapped ? $"{pair.Old.List("oneOf").Count} alternatives became one object" : null;
}
