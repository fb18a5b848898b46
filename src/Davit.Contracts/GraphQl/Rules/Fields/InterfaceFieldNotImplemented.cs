using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Fields;

/// <summary>The schema is not valid, and no server will load it.</summary>
internal sealed class InterfaceFieldNotImplemented : IRule<ImplementationPair>
{
    private static readonly RuleSpec Spec = Gql.Own("interface-field-implementation-missing", Severity.Breaking, Side.Response, "An interface has a new field that a type does not have, although it says that it implements the interface.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(ImplementationPair pair) =>
        pair.Of is { Old: null, New: not null } && !pair.IsImplemented
            ? Spec.Says($"the {pair.Type.Told} lacks '{pair.Of.Field.Name}', which its interface {pair.Of.Of.Type.Name} now has")
            : null;
}
