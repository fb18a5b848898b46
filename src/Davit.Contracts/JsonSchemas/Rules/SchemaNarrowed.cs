using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.JsonSchemas.Deciding;
using Davit.Contracts.JsonSchemas.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.JsonSchemas.Rules;

/// <summary>Who keeps to the old schema is refused.</summary>
internal sealed class SchemaNarrowed : IRule<WholePair>
{
    private static readonly RuleSpec Spec = Js.Spec("schema-narrowed", Severity.Breaking, Severity.Note, "The new schema refuses a value that the old one accepts.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(WholePair pair) =>
        pair.Backward is SubsetVerdict.ProvenBreaking { Witness: var witness } ? Spec.Says($"the new schema refuses {Js.Short(witness)}, which the old one accepts") : null;
}
