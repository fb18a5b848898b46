using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Unknown members are free now.</summary>
internal sealed class AdditionalPropertiesWidened : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "additional-properties-widened", "Unknown members have no schema any more.") { Keyword = "additionalProperties" }
        .Own(Severity.Note, In.Request)
        .Own(Severity.Breaking, In.Response);

    public static string? Judge(SchemaPair pair) => pair.New.TakesUnknownMembers && pair.Old.Child("additionalProperties") is { Schema: { Boolean: null, IsAnnotation: false } } ? "unknown members have no schema any more" : null;
}
