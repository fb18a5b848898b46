using System.Collections.Immutable;
using Davit.Contracts.Avro.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Avro.Rules;

/// <summary>The first branch is the one that a default belongs to.</summary>
internal sealed class UnionReordered : IRule<UnionPair>
{
    private static readonly RuleSpec Moved = Avr.Tells("union-reordered", "The branches of a union stand in another order.");

    private static readonly RuleSpec Misfit = Avr.ChangesMeaningOfOldData("union-reordered-default-misfit", "The default of a field does not fit the branch that is the first one now.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Moved, Misfit];

    public static Verdict? Judge(UnionPair pair) =>
        pair.IsReordered ? (pair.IsDefaultMisfit ? Misfit : Moved).Says($"the branches went from {pair.Old} to {pair.New}") : null;
}
