using System.Collections.Immutable;
using Davit.Contracts.Avro.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Avro.Rules;

/// <summary>What refers to a type of a protocol from outside does so by its name.</summary>
internal sealed class DeclarationChanged : IRule<DeclarationPair>
{
    private static readonly RuleSpec Added = Avr.Tells("declaration-added", "A protocol declares a type more.");

    private static readonly RuleSpec Removed = Avr.Fails("declaration-removed", "A protocol no longer declares a type.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Added, Removed];

    public static Verdict? Judge(DeclarationPair pair) => pair switch
    {
        { Old: null, New: { } added } => Added.Says($"the type {added} is new"),
        { Old: { } removed, New: null } => Removed.Says($"the type {removed} is gone"),
        _ => null,
    };
}
