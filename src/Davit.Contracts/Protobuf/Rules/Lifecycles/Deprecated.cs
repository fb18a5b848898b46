using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Lifecycles;

/// <summary>It will go; who uses it has time to change.</summary>
internal sealed class Deprecated : IRule<ElementPair>
{
    private const string Told = "is deprecated now";

    public static ImmutableArray<RuleSpec> Specs { get; } = Lifecycle.Specs("deprecated", Told);

    public static Verdict? Judge(ElementPair pair) => pair is { Old.IsDeprecated: false, New.IsDeprecated: true } ? Lifecycle.Of(pair.New, Specs)?.Says($"the {pair.Element} {Told}") : null;
}
