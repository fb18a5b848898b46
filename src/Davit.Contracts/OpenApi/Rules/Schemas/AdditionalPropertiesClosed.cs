using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Members that nobody knows were welcome before.</summary>
internal sealed class AdditionalPropertiesClosed : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Existence, "additional-properties-closed", "Unknown members are refused.") { Keyword = "additionalProperties" }
        .Own(Severity.Breaking, In.Request)
        .Own(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.TakesUnknownMembers && pair.New.RefusesUnknownMembers ? "unknown members are not allowed any more" : null;
}
