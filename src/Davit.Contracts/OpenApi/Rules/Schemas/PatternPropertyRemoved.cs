using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>What it excluded is free now.</summary>
internal sealed class PatternPropertyRemoved : ISchemaRule<EntryPair>
{
    public static Fact Fact { get; } = new Fact(Kind.Constraints, "pattern-property-removed", "An entry of `patternProperties` was dropped.")
        .Known(Severity.Note, In.Request)
        .Known(Severity.Breaking, In.Response);

    public static string? Judge(EntryPair entry) => entry.Keyword is "patternProperties" && entry.IsRemoved ? $"`patternProperties` has no entry for '{entry.Name}' any more" : null;
}
