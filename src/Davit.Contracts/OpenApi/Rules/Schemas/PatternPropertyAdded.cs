using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>What it excludes was free before.</summary>
internal sealed class PatternPropertyAdded : ISchemaRule<EntryPair>
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "pattern-property-added", "An entry of `patternProperties` was introduced.")
        .Known(Severity.Breaking, In.Request)
        .Known(Severity.Note, In.Response);

    public static string? Judge(EntryPair entry) => entry.Keyword is "patternProperties" && entry.IsAdded ? $"`patternProperties` has an entry for '{entry.Name}' now" : null;
}
