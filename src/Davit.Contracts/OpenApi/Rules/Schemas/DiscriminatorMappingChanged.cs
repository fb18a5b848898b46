using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>The value means another branch now.</summary>
internal sealed class DiscriminatorMappingChanged : ISchemaRule<EntryPair>
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "discriminator-mapping-changed", "A value of the discriminator means another branch.")
        .Judged(Severity.Breaking, Severity.Note, In.Request)
        .Known(Severity.Note, In.Response);

    public static string? Judge(EntryPair entry) => entry.Keyword is "mapping" && entry.IsChanged ? $"'{entry.Name}' means {entry.New.Scalar} now, not {entry.Old.Scalar}" : null;
}
