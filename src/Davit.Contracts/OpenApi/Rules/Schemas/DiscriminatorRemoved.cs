using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>No member decides any more which branch is meant.</summary>
internal sealed class DiscriminatorRemoved : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "discriminator-removed", "The discriminator was dropped.") { Keyword = "discriminator" }
        .Known(Severity.Note, In.Request)
        .Known(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Lost("discriminator") ? "the discriminator was dropped" : null;
}
