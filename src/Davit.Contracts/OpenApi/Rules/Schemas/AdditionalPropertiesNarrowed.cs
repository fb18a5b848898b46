using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Unknown members were free before.</summary>
internal sealed class AdditionalPropertiesNarrowed : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "additional-properties-narrowed", "Unknown members have a schema.") { Keyword = "additionalProperties" }
        .Own(Severity.Breaking, In.Request)
        .Own(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.TakesUnknownMembers && pair.New.Child("additionalProperties") is { Schema: { Boolean: null, IsAnnotation: false } } ? "unknown members have a schema now" : null;
}
