using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Http;

/// <summary>The other side puts the message together in another way.</summary>
internal sealed class HttpBodyChanged : IRule<BindingPair>
{
    private static readonly RuleSpec Spec = Pb.Own("rpc-http-body-changed", Severity.Breaking, "A method has another body over HTTP.", Side.Request);

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(BindingPair pair) => pair is { Old: { } old, New: { } @new } && old.Body != @new.Body
        ? Spec.Says($"the body of {old} was '{old.Body}' and is '{@new.Body}'").On(Bindings.Spot)
        : null;
}
