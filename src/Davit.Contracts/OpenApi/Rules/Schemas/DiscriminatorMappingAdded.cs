using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Readers may not know the value.</summary>
internal sealed class DiscriminatorMappingAdded : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "discriminator-mapping-added", "The discriminator knows another value.") { Keyword = "discriminator" }
        .Known(Severity.Note, In.Request)
        .Judged(Severity.Warning, Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.MappingAdded is [var name, ..] ? $"the discriminator knows '{name}' now" : null;
}
