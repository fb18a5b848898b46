using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Http;

/// <summary>Nobody calls it yet.</summary>
internal sealed class HttpBindingAdded : IRule<BindingPair>
{
    private static readonly RuleSpec Spec = Pb.Own("rpc-http-binding-added", Severity.Note, "A method can be called over HTTP in a new way.", Side.Request);

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(BindingPair pair) => pair is { Old: null, New: { } @new } ? Spec.Says($"{@new} is a new way to call the {pair.Of.Element}").On(Bindings.Spot) : null;
}
