using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Lifecycles;

/// <summary>Consumers are told in time, or told otherwise.</summary>
internal sealed class EnumValueDeprecation : IRule<DeprecationPair>
{
    public static RuleSpec Added { get; } = Gql.Known("ENUM_VALUE_DEPRECATION_REASON_ADDED", Severity.Note, Side.Neither, "A value of an enum is announced to go, or it is now said why.");

    private static readonly RuleSpec Changed = Gql.Known("ENUM_VALUE_DEPRECATION_REASON_CHANGED", Severity.Note, Side.Neither, "Another reason is given why a value of an enum will go.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Added, Changed];

    public static Verdict? Judge(DeprecationPair pair) => pair switch
    {
        { Of: not EnumValuePair } => null,
        { Old: null, New: not null } => Added.Says($"the {pair.Element} is deprecated"),
        { Old.Reason: null, New.Reason: { } reason } => Added.Says($"the {pair.Element} is now deprecated because '{reason}'"),
        { Old.Reason: { } old, New.Reason: { } @new } when old != @new => Changed.Says($"the {pair.Element} was deprecated because '{old}' and is deprecated because '{@new}'"),
        _ => null,
    };
}
