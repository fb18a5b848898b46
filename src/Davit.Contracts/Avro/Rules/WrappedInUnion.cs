using System.Collections.Immutable;
using Davit.Contracts.Avro.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Avro.Rules;

/// <summary>Old readers know only one of the branches.</summary>
internal sealed class WrappedInUnion : IRule<UnionPair>
{
    private static readonly RuleSpec Wrapped = Avr.FailsOldReaders("wrapped-in-union", "A type became one branch of a union.");

    private static readonly RuleSpec Resolved = Avr.Tells("wrapped-in-union-resolved", "A type became one branch of a union, and old readers read all of them.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Wrapped, Resolved];

    public static Verdict? Judge(UnionPair pair) =>
        pair.IsWrapped ? (pair.OldReadsNew ? Resolved : Wrapped).Says($"the type went from {pair.Old} to {pair.New}") : null;
}
