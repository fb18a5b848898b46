using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Values outside the list were free before.</summary>
internal sealed class BecameEnum : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Values, "became-enum", "A closed list of values was introduced.") { Keyword = "enum" }
        .Known(Severity.Breaking, In.Request)
        .Known(Severity.Breaking, Scope.RequestParameter)
        .Known(Severity.Breaking, Scope.RequestHeaderProperty)
        .Own(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Enum is [] && pair.New.Enum is [_, ..] ? "only listed values are allowed now" : null;
}
