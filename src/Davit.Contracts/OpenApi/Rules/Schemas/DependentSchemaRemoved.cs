using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>What it excluded is free now.</summary>
internal sealed class DependentSchemaRemoved : ISchemaRule<EntryPair>
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "dependent-schema-removed", "An entry of `dependentSchemas` was dropped.")
        .Known(Severity.Note, In.Request)
        .Known(Severity.Breaking, In.Response);

    public static string? Judge(EntryPair entry) => entry.Keyword is "dependentSchemas" && entry.IsRemoved ? $"`dependentSchemas` has no entry for '{entry.Name}' any more" : null;
}
