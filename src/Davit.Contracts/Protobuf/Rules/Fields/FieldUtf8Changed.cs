using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Fields;

/// <summary>The one side accepts bytes that the other refuses.</summary>
internal sealed class FieldUtf8Changed : IRule<FieldPair>
{
    internal static readonly RuleSpec Spec = Pb.Known("FIELD_SAME_UTF8_VALIDATION", "The text of a field is verified otherwise.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FieldPair pair) => pair is { Old: { Kind: FieldKind.String } old, New: { Kind: FieldKind.String } @new } && old.Features.VerifiesUtf8 != @new.Features.VerifiesUtf8
        ? Spec.Says($"it is {(old.Features.VerifiesUtf8 ? "no longer" : "now")} verified that the {pair.Element} is UTF-8").On(Pb.At(8, 21, 4))
        : null;
}
