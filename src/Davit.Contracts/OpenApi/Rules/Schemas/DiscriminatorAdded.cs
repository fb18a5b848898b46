using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>A member decides which branch is meant.</summary>
internal sealed class DiscriminatorAdded : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "discriminator-added", "A discriminator was introduced.") { Keyword = "discriminator" }
        .Known(Severity.Note, In.Request)
        .Known(Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Gained("discriminator") ? "a discriminator was introduced" : null;
}
