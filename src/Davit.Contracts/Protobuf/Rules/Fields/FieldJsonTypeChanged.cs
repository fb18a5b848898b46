using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Fields;

/// <summary>What the other side wrote is read as something else in binary form or JSON.</summary>
internal sealed class FieldJsonTypeChanged : IRule<FieldPair>
{
    private static readonly RuleSpec Spec = Pb.Known("FIELD_WIRE_JSON_COMPATIBLE_TYPE", "A field is of a type that is read otherwise in binary form or JSON.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FieldPair pair) => pair is { Old: { } old, New: { } @new } && IsBroken(pair, old, @new)
        ? Spec.Says($"the {pair.Element} was of the type {old.Type} and is of the type {@new.Type}: it is read otherwise in binary form or JSON").On(Compatibility.TypeSpot(@new)).ClaimedBy(FieldTypeChanged.Spec)
        : null;

    private static bool IsBroken(FieldPair pair, ProtoField old, ProtoField @new) => Compatibility.Json(old.Kind) != Compatibility.Json(@new.Kind)
        ? true
        : Compatibility.IsOtherType(pair);
}
