using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Rules.Lifecycles;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Arguments;

/// <summary>Operations that pass it are refused.</summary>
internal sealed class ArgumentRemoved : IRule<ArgumentPair>
{
    private static readonly RuleSpec Spec = Gql.Known("FIELD_ARGUMENT_REMOVED", Severity.Breaking, Side.Request, "An argument is gone.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(ArgumentPair pair) =>
        pair is { Old: { } old, New: null } ? Spec.Says($"the {pair.Element} is gone").ClaimedBy(DeprecatedRemoved.Claim(old, pair.Of.Of.Of)) : null;
}
