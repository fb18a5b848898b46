using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Http;

/// <summary>Calls over HTTP find nothing.</summary>
internal sealed class HttpBindingRemoved : IRule<BindingPair>
{
    private static readonly RuleSpec Spec = Pb.Own("rpc-http-binding-removed", Severity.Breaking, "A method can no longer be called over HTTP in a way.", Side.Request);

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(BindingPair pair) => pair is { Old: { } old, New: null } ? Spec.Says($"{old} no longer calls the {pair.Of.Element}").On(Bindings.Spot) : null;
}
