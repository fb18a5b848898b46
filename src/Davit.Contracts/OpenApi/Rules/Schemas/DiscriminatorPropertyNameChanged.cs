using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Readers look at a member that decides no more.</summary>
internal sealed class DiscriminatorPropertyNameChanged : ISchemaRule
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "discriminator-property-name-changed", "Another member decides which branch is meant.") { Keyword = "discriminator" }
        .Judged(Severity.Breaking, Severity.Note, In.Request)
        .Judged(Severity.Breaking, Severity.Note, In.Response);

    public static string? Judge(SchemaPair pair) => pair.Old.Has("discriminator") && pair.New.Has("discriminator") && pair.Old.Discriminator != pair.New.Discriminator ? $"'{pair.New.Discriminator}' decides now, not '{pair.Old.Discriminator}'" : null;
}
