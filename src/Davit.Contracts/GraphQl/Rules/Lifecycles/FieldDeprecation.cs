using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Lifecycles;

/// <summary>Consumers are told in time, or told otherwise.</summary>
internal sealed class FieldDeprecation : IRule<DeprecationPair>
{
    public static RuleSpec Added { get; } = Gql.Known("FIELD_DEPRECATION_ADDED", Severity.Note, Side.Neither, "A field is announced to go.");

    private static readonly RuleSpec Removed = Gql.Known("FIELD_DEPRECATION_REMOVED", Severity.Note, Side.Neither, "A field is no longer announced to go.");

    private static readonly RuleSpec ReasonAdded = Gql.Known("FIELD_DEPRECATION_REASON_ADDED", Severity.Note, Side.Neither, "It is now said why a field will go.");

    private static readonly RuleSpec ReasonChanged = Gql.Known("FIELD_DEPRECATION_REASON_CHANGED", Severity.Note, Side.Neither, "Another reason is given why a field will go.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Added, Removed, ReasonAdded, ReasonChanged];

    public static Verdict? Judge(DeprecationPair pair) => pair switch
    {
        { Of: not FieldPair } => null,
        { Old: null, New: not null } => Added.Says($"the {pair.Element} is deprecated"),
        { Old: not null, New: null } => Removed.Says($"the {pair.Element} is no longer deprecated"),
        { Old.Reason: null, New.Reason: { } reason } => ReasonAdded.Says($"the {pair.Element} is now deprecated because '{reason}'"),
        { Old.Reason: { } old, New.Reason: { } @new } when old != @new => ReasonChanged.Says($"the {pair.Element} was deprecated because '{old}' and is deprecated because '{@new}'"),
        _ => null,
    };
}
