using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values of more types are accepted, or may be sent.</summary>
internal sealed class ListOfTypesWidened : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Type, "list-of-types-widened", "The alternatives hold more types.") { Keyword = "type", Tells = Telling.ListOfTypes }
        .Known(Severity.Note, In.Request)
        .Known(Severity.Note, Scope.RequestParameter, Scope.RequestParameterProperty)
        .Known(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Transition.Types is { Added: [_, ..] added } && !(pair.Scope.IsRequest() && pair.Transition.Types.Removed is [_, ..]) ? $"{string.Join(", ", added)} came to the alternatives" : null;
}
