using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Rules.Lifecycles;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Inputs;

/// <summary>Operations that pass it are refused.</summary>
internal sealed class InputFieldRemoved : IRule<InputFieldPair>
{
    private static readonly RuleSpec Spec = Gql.Known("INPUT_FIELD_REMOVED", Severity.Breaking, Side.Request, "A field of an input type is gone.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(InputFieldPair pair) =>
        pair is { Old: { } old, New: null } ? Spec.Says($"the {pair.Element} is gone").ClaimedBy(DeprecatedRemoved.Claim(old, pair.Of.Of)) : null;
}
