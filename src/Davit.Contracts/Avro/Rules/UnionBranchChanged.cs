using System.Collections.Immutable;
using Davit.Contracts.Avro.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Avro.Rules;

/// <summary>A value of a branch is read only where a branch matches it.</summary>
internal sealed class UnionBranchChanged : IRule<BranchPair>
{
    private static readonly RuleSpec Added = Avr.FailsOldReaders("union-branch-added", "Old readers have no branch for new values.");

    private static readonly RuleSpec AddedSafely = Avr.Tells("union-branch-added-resolved", "Old readers read the values of a new branch.");

    private static readonly RuleSpec Removed = Avr.FailsNewReaders("union-branch-removed", "New readers have no branch for old values.");

    private static readonly RuleSpec RemovedSafely = Avr.Tells("union-branch-removed-resolved", "New readers read the values of a removed branch.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Added, AddedSafely, Removed, RemovedSafely];

    public static Verdict? Judge(BranchPair pair) => pair switch
    {
        { Old: null, New: { } added } => (pair.IsResolved ? AddedSafely : Added).Says($"the branch {added} is new"),
        { Old: { } removed, New: null } => (pair.IsResolved ? RemovedSafely : Removed).Says($"the branch {removed} is gone"),
        _ => null,
    };
}
