using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Lifecycles;

/// <summary>It stays after all.</summary>
internal sealed class Reactivated : IRule<ElementPair>
{
    private const string Told = "is no longer deprecated";

    public static ImmutableArray<RuleSpec> Specs { get; } = Lifecycle.Specs("reactivated", Told);

    public static Verdict? Judge(ElementPair pair) => pair is { Old.IsDeprecated: true, New.IsDeprecated: false } ? Lifecycle.Of(pair.New, Specs)?.Says($"the {pair.Element} {Told}") : null;
}
