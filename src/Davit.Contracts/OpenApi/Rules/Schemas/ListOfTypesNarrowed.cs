using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values of fewer types are accepted, or sent.</summary>
internal sealed class ListOfTypesNarrowed : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Type, "list-of-types-narrowed", "The alternatives hold fewer types.") { Keyword = "type", Tells = Telling.ListOfTypes }
        .Known(Severity.Breaking, In.Request)
        .Known(Severity.Breaking, Scope.RequestParameter, Scope.RequestParameterProperty)
        .Known(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Transition.Types is { Removed: [_, ..] removed } && !(!pair.Scope.IsRequest() && pair.Transition.Types.Added is [_, ..]) ? $"{string.Join(", ", removed)} left the alternatives" : null;
}
