using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Http;

/// <summary>The other side puts the message together in another way.</summary>
internal sealed class HttpResponseBodyChanged : IRule<BindingPair>
{
    private static readonly RuleSpec Spec = Pb.Own("rpc-http-response-body-changed", Severity.Breaking, "A method has another response body over HTTP.", Side.Response);

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(BindingPair pair) => pair is { Old: { } old, New: { } @new } && old.ResponseBody != @new.ResponseBody
        ? Spec.Says($"the response body of {old} was '{old.ResponseBody}' and is '{@new.ResponseBody}'").On(Bindings.Spot)
        : null;
}
