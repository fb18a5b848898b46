using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Annotations;

/// <summary>Clients are generated with one method for each signature; code that calls one that is gone does not build.</summary>
internal sealed class MethodSignatureChanged : IRule<ElementPair>
{
    private static readonly RuleSpec Spec = Pb.Own("method-signature-changed", Severity.Warning, "A short form of a method is gone from generated clients.", Side.Request);

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(ElementPair pair) => pair is { Old: ProtoMethod old, New: ProtoMethod @new } && Signatures(old).Except(Signatures(@new), StringComparer.Ordinal).FirstOrDefault() is { } lost
        ? Spec.Says($"the {pair.Element} no longer has the signature '{lost}'").On(Pb.At(4, Model.Annotations.MethodSignature))
        : null;

    private static IReadOnlyList<string> Signatures(ProtoMethod method) => method.Options.Texts(Model.Annotations.MethodSignature);
}
