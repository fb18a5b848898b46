using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Types;

/// <summary>Fragments on the interface no longer match it.</summary>
internal sealed class InterfaceRemoved : IRule<InterfacePair>
{
    private static readonly RuleSpec Spec = Gql.Known("OBJECT_TYPE_INTERFACE_REMOVED", Severity.Breaking, Side.Response, "A type no longer implements an interface.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(InterfacePair pair) => pair.New is null ? Spec.Says($"the {pair.Of.Element} no longer implements {pair.Name}") : null;
}
