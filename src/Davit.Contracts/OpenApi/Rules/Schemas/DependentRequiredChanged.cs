using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Other members must be there beside the one.</summary>
internal sealed class DependentRequiredChanged : ISchemaRule<EntryPair>
{
    public static Fact Fact { get; } = new Fact(Kind.Structure, "dependent-required-changed", "An entry of `dependentRequired` names other members.")
        .Known(Severity.Breaking, In.Request)
        .Known(Severity.Breaking, In.Response);

    public static string? Judge(EntryPair entry) => entry.Keyword is "dependentRequired" && entry.IsChanged ? $"`dependentRequired` names other members beside '{entry.Name}'" : null;
}
