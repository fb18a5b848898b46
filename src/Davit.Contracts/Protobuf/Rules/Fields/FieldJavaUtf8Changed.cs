using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Fields;

/// <summary>Java accepts bytes that are no text, or refuses them.</summary>
internal sealed class FieldJavaUtf8Changed : IRule<FieldPair>
{
    private static readonly RuleSpec Spec = Pb.Known("FIELD_SAME_JAVA_UTF8_VALIDATION", "Java verifies the text of a field otherwise.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FieldPair pair) => pair is { Old: { Kind: FieldKind.String } old, New: { Kind: FieldKind.String } @new } && old.JavaVerifiesUtf8 != @new.JavaVerifiesUtf8
        ? Spec.Says($"Java {(old.JavaVerifiesUtf8 ? "no longer verifies" : "now verifies")} that the {pair.Element} is UTF-8").On(Pb.InFile(8, 27), Pb.At(8, 21, 1001, 2), Pb.At(8, 21, 1001), Pb.At(8, 21))
            .ClaimedBy(old.Features.VerifiesUtf8 != @new.Features.VerifiesUtf8 ? FieldUtf8Changed.Spec : null)
        : null;
}
