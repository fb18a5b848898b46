using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Lifecycles;

/// <summary>Consumers no longer learn what to use instead.</summary>
internal sealed class EnumValueDeprecationReasonRemoved : IRule<EnumValuePair>
{
    private static readonly RuleSpec Spec = Gql.Known("ENUM_VALUE_DEPRECATION_REASON_REMOVED", Severity.Note, Side.Neither, "A value of an enum is no longer announced to go, or it is no longer said why.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(EnumValuePair pair) =>
        pair is { Old.Deprecation: { } old, New: { } @new } && (@new.Deprecation is null || (old.Reason is not null && @new.Deprecation.Reason is null))
            ? Spec.Says(@new.Deprecation is null ? $"the {pair.Element} is no longer deprecated" : $"the {pair.Element} is deprecated without a reason from now on")
            : null;
}
