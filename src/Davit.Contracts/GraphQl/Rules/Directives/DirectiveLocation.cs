using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Directives;

/// <summary>Operations that use it at such a place are refused when the place is gone.</summary>
internal sealed class DirectiveLocation : IRule<LocationPair>
{
    private static readonly RuleSpec Added = Gql.Known("DIRECTIVE_LOCATION_ADDED", Severity.Note, Side.Neither, "A directive may stand at another place.");

    private static readonly RuleSpec Removed = Gql.Known("DIRECTIVE_LOCATION_REMOVED", Severity.Breaking, Side.Neither, "A directive may no longer stand at a place.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Added, Removed];

    public static Verdict? Judge(LocationPair pair) => pair switch
    {
        { Old: null } => Added.Says($"the {pair.Of.Element} may now stand on {pair.Name}"),
        { New: null } => Removed.Says($"the {pair.Of.Element} may no longer stand on {pair.Name}"),
        _ => null,
    };
}
