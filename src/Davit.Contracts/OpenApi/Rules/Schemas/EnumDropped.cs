using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Any value is allowed now, or may be sent.</summary>
internal sealed class EnumDropped : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Values, "enum-dropped", "The closed list of values was given up.") { Keyword = "enum" }
        .Own(Severity.Note, In.RequestAndParameter)
        .Own(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Enum is [_, ..] && pair.New.Enum is [] ? "values are no longer listed" : null;
}
