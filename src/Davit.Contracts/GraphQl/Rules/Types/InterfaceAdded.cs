using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Types;

/// <summary>Readers of the interface may meet a type that they do not know.</summary>
internal sealed class InterfaceAdded : IRule<InterfacePair>
{
    private static readonly RuleSpec Spec = Gql.Known("OBJECT_TYPE_INTERFACE_ADDED", Severity.Warning, Side.Response, "A type implements another interface.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(InterfacePair pair) => pair.Old is not null ? null
        : pair.Of.IsNew ? Spec.Says($"the new {pair.Of.Element} implements {pair.Name}").Graded(Severity.Note)
        : Spec.Says($"the {pair.Of.Element} now implements {pair.Name}");
}
