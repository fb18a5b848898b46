using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Fields;

/// <summary>Generated code offers it in another way, and one value or many are read differently.</summary>
internal sealed class FieldCardinalityChanged : IRule<FieldPair>
{
    internal static readonly RuleSpec Spec = Pb.Known("FIELD_SAME_CARDINALITY", "A field is implicit, optional, required, repeated or a map otherwise than before.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FieldPair pair) => pair is { IsOfMapEntry: false, Old: { } old, New: { } @new } && old.Cardinality != @new.Cardinality
        ? Spec.Says($"the {pair.Element} was {Told(old.Cardinality)} and is {Told(@new.Cardinality)}").ClaimedBy(IsByOneof(old, @new) ? FieldOneofChanged.Spec : null)
        : null;

    internal static string Told(Cardinality cardinality) => cardinality is Cardinality.Implicit ? "without presence" : cardinality.Word();

    /// <summary>Who is in a oneof can tell whether it is set.</summary>
    private static bool IsByOneof(ProtoField old, ProtoField @new) => (old.Oneof is null) != (@new.Oneof is null)
        && old.Cardinality is Cardinality.Implicit or Cardinality.Explicit && @new.Cardinality is Cardinality.Implicit or Cardinality.Explicit;
}
