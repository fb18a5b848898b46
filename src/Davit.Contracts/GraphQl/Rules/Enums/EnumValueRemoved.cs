using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Rules.Lifecycles;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Enums;

/// <summary>Operations that pass it are refused.</summary>
internal sealed class EnumValueRemoved : IRule<EnumValuePair>
{
    private static readonly RuleSpec Spec = Gql.Known("ENUM_VALUE_REMOVED", Severity.Breaking, Side.Neither, "A value of an enum is gone.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(EnumValuePair pair) =>
        pair is { Old: { } old, New: null } ? Spec.Says($"the {pair.Element} is gone").ClaimedBy(DeprecatedRemoved.Claim(old, pair.Of.Of)) : null;
}
