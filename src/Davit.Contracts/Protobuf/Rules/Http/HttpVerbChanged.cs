using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Http;

/// <summary>Calls with the old verb find nothing.</summary>
internal sealed class HttpVerbChanged : IRule<BindingPair>
{
    private static readonly RuleSpec Spec = Pb.Own("rpc-http-verb-changed", Severity.Breaking, "A method has another verb over HTTP.", Side.Request);

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(BindingPair pair) => pair is { Old: { } old, New: { } @new } && old.Verb != @new.Verb
        ? Spec.Says($"the verb of {old} was '{old.Verb}' and is '{@new.Verb}'").On(Bindings.Spot)
        : null;
}
