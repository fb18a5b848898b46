using System.Collections.Immutable;
using Davit.Contracts.Avro.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Avro.Rules;

/// <summary>Data that were sorted before are not in order any more.</summary>
internal sealed class OrderChanged : IRule<FieldPair>
{
    private static readonly RuleSpec Spec = Avr.ChangesMeaning("order-changed", "A field counts differently when records are sorted.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FieldPair pair) =>
        pair is { Old: { } old, New: { } now } && old.Order != now.Order ? Spec.Says($"the sort order went from {old.Order} to {now.Order}") : null;
}
