using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Fields;

/// <summary>What the other side wrote is read as something else in binary form.</summary>
internal sealed class FieldWireTypeChanged : IRule<FieldPair>
{
    private static readonly RuleSpec Spec = Pb.Known("FIELD_WIRE_COMPATIBLE_TYPE", "A field is of a type that is read otherwise in binary form.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FieldPair pair) => pair is { Old: { } old, New: { } @new } && IsBroken(pair, old, @new)
        ? Spec.Says($"the {pair.Element} was of the type {old.Type} and is of the type {@new.Type}: it is read otherwise in binary form").On(Compatibility.TypeSpot(@new)).ClaimedBy(FieldTypeChanged.Spec)
        : null;

    private static bool IsBroken(FieldPair pair, ProtoField old, ProtoField @new) => Compatibility.Wire(old.Kind) != Compatibility.Wire(@new.Kind)
        ? !(old.Kind is FieldKind.String && @new.Kind is FieldKind.Bytes)
        : Compatibility.IsOtherType(pair);
}
