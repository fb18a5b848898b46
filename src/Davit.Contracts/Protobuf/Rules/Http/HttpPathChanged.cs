using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Http;

/// <summary>Calls of the old path find nothing. Names of variables are seen by nobody.</summary>
internal sealed class HttpPathChanged : IRule<BindingPair>
{
    private static readonly RuleSpec Spec = Pb.Own("rpc-http-path-changed", Severity.Breaking, "A method has another path over HTTP.", Side.Request);

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(BindingPair pair) => pair is { Old: { } old, New: { } @new } && old.Template != @new.Template
        ? Spec.Says($"the path was {old.Path} and is {@new.Path}").On(Bindings.Spot)
        : null;
}
