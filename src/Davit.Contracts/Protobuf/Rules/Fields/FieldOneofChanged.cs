using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Fields;

/// <summary>Setting one member of a oneof clears the others: the two sides keep different values.</summary>
internal sealed class FieldOneofChanged : IRule<FieldPair>
{
    internal static readonly RuleSpec Spec = Pb.Known("FIELD_SAME_ONEOF", "A field moved into a oneof, out of it or to another.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FieldPair pair) => pair is { Old: { IsExtension: false } old, New: { } @new } && old.Oneof?.Name != @new.Oneof?.Name
        ? Spec.Says($"the {pair.Element} was {Told(old)} and is {Told(@new)}").ClaimedBy(IsByDeletion(pair, old) ? Messages.OneofDeleted.Spec : null)
        : null;

    private static string Told(ProtoField field) => field.Oneof is { } oneof ? $"in the oneof '{oneof.Name}'" : "in no oneof";

    private static bool IsByDeletion(FieldPair pair, ProtoField old) => old.Oneof is { } oneof && pair.Of?.New.Oneofs.All(o => o.Name != oneof.Name) is true;
}
