using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Members that nobody knows are welcome now, or may be sent.</summary>
internal sealed class AdditionalPropertiesOpened : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Existence, "additional-properties-opened", "Unknown members are allowed.") { Keyword = "additionalProperties" }
        .Own(Severity.Note, In.Request)
        .Own(Severity.Warning, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.RefusesUnknownMembers && pair.New.TakesUnknownMembers ? "unknown members are allowed now" : null;
}
