using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Lifecycles;

/// <summary>Consumers no longer learn what to use instead.</summary>
internal sealed class FieldDeprecationReasonRemoved : IRule<FieldPair>
{
    private static readonly RuleSpec Spec = Gql.Known("FIELD_DEPRECATION_REASON_REMOVED", Severity.Note, Side.Neither, "It is no longer said why a field will go.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FieldPair pair) =>
        pair is { Old.Deprecation.Reason: not null, New.Deprecation: { Reason: null } } ? Spec.Says($"the {pair.Element} is deprecated without a reason from now on") : null;
}
