using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Rules.Lifecycles;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Fields;

/// <summary>Operations that select it are refused.</summary>
internal sealed class FieldRemoved : IRule<FieldPair>
{
    private static readonly RuleSpec Spec = Gql.Known("FIELD_REMOVED", Severity.Breaking, Side.Response, "A field is gone.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FieldPair pair) =>
        pair is { Old: { } old, New: null } ? Spec.Says($"the {pair.Element} is gone").ClaimedBy(DeprecatedRemoved.Claim(old, pair.Of.Of)) : null;
}
