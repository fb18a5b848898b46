using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Fields;

/// <summary>What the other side wrote is read as something else in binary form or JSON.</summary>
internal sealed class FieldJsonCardinalityChanged : IRule<FieldPair>
{
    private static readonly RuleSpec Spec = Pb.Known("FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY", "How many values a field holds has changed so that it is read otherwise in binary form or JSON.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FieldPair pair) => pair is { IsOfMapEntry: false, Old: { } old, New: { } @new } && Compatibility.Json(old.Cardinality) != Compatibility.Json(@new.Cardinality)
        ? Spec.Says($"the {pair.Element} was {FieldCardinalityChanged.Told(old.Cardinality)} and is {FieldCardinalityChanged.Told(@new.Cardinality)}: it is read otherwise in binary form or JSON").ClaimedBy(FieldCardinalityChanged.Spec)
        : null;
}
