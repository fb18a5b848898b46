using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Senders may still use the value.</summary>
internal sealed class DiscriminatorMappingDeleted : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "discriminator-mapping-deleted", "The discriminator does not know a value any more.") { Keyword = "discriminator" }
        .Judged(Severity.Breaking, Severity.Note, In.Request)
        .Known(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.MappingRemoved is [var name, ..] ? $"the discriminator does not know '{name}' any more" : null;
}
