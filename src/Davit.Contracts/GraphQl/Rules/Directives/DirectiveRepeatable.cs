using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Directives;

/// <summary>Operations that use it twice on one element are refused when it is not repeatable.</summary>
internal sealed class DirectiveRepeatable : IRule<DirectivePair>
{
    private static readonly RuleSpec Added = Gql.Known("DIRECTIVE_REPEATABLE_ADDED", Severity.Note, Side.Neither, "A directive may stand more than once on one element.");

    private static readonly RuleSpec Removed = Gql.Known("DIRECTIVE_REPEATABLE_REMOVED", Severity.Warning, Side.Neither, "A directive may no longer stand more than once on one element.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Added, Removed];

    public static Verdict? Judge(DirectivePair pair) => (pair.Old?.IsRepeatable ?? false, pair.New?.IsRepeatable) switch
    {
        (false, true) => Added.Says($"the {pair.Element} may stand more than once on one element"),
        (true, false) => Removed.Says($"the {pair.Element} may no longer stand more than once on one element"),
        _ => null,
    };
}
