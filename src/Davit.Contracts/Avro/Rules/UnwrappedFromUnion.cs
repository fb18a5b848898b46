using System.Collections.Immutable;
using Davit.Contracts.Avro.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Avro.Rules;

/// <summary>New readers know only one of the branches.</summary>
internal sealed class UnwrappedFromUnion : IRule<UnionPair>
{
    private static readonly RuleSpec Unwrapped = Avr.FailsNewReaders("unwrapped-from-union", "A union became one type.");

    private static readonly RuleSpec Resolved = Avr.Tells("unwrapped-from-union-resolved", "A union became one type, and new readers read all branches.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Unwrapped, Resolved];

    public static Verdict? Judge(UnionPair pair) =>
        pair.IsUnwrapped ? (pair.NewReadsOld ? Resolved : Unwrapped).Says($"the type went from {pair.Old} to {pair.New}") : null;
}
