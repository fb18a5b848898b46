using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Fields;

/// <summary>Generated code has another type; what was written may be read as something else.</summary>
internal sealed class FieldTypeChanged : IRule<FieldPair>
{
    internal static readonly RuleSpec Spec = Pb.Known("FIELD_SAME_TYPE", "A field is of another type.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FieldPair pair) => pair is { Old: { } old, New: { } @new } && (old.Kind != @new.Kind || old.TypeName != @new.TypeName)
        ? Spec.Says($"the {pair.Element} was of the type {old.Type} and is of the type {@new.Type}").On(Compatibility.TypeSpot(@new)).ClaimedBy(IsByMap(old, @new) ? FieldCardinalityChanged.Spec : null)
        : null;

    /// <summary>The entry of a map has a type of its own.</summary>
    private static bool IsByMap(ProtoField old, ProtoField @new) => old.IsMap != @new.IsMap;
}
