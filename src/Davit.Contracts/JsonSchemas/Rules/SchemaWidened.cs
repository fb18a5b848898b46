using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.JsonSchemas.Deciding;
using Davit.Contracts.JsonSchemas.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.JsonSchemas.Rules;

/// <summary>Who reads by the old schema meets values that it does not know.</summary>
internal sealed class SchemaWidened : IRule<WholePair>
{
    private static readonly RuleSpec Spec = Js.Spec("schema-widened", Severity.Note, Severity.Breaking, "The new schema accepts a value that the old one refuses.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(WholePair pair) =>
        pair.Forward is SubsetVerdict.ProvenBreaking { Witness: var witness } ? Spec.Says($"the new schema accepts {Js.Short(witness)}, which the old one refuses") : null;
}
