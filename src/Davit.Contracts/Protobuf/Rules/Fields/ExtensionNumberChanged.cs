using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Fields;

/// <summary>What is sent under the old number nobody reads any more, and options that were set say nothing.</summary>
internal sealed class ExtensionNumberChanged : IRule<ElementPair>
{
    private static readonly RuleSpec Spec = Pb.Own("extension-number-changed", Severity.Breaking, "An extension has another number, or extends another message.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(ElementPair pair) => pair is { Old: ProtoField old, New: ProtoField @new } && (old.Extendee, old.Number) != (@new.Extendee, @new.Number)
        ? Spec.Says($"the {pair.Element} was number {old.Number} of {old.Extendee} and is number {@new.Number} of {@new.Extendee}").On(Pb.At(old.Number != @new.Number ? 3 : 2))
        : null;
}
