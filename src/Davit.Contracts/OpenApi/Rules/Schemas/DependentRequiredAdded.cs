using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>What it excludes was free before.</summary>
internal sealed class DependentRequiredAdded : ISchemaRule<EntryPair>
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "dependent-required-added", "An entry of `dependentRequired` was introduced.")
        .Known(Severity.Breaking, In.Request)
        .Known(Severity.Note, In.Response);

    public static string? Judge(EntryPair entry) => entry.Keyword is "dependentRequired" && entry.IsAdded ? $"`dependentRequired` has an entry for '{entry.Name}' now" : null;
}
