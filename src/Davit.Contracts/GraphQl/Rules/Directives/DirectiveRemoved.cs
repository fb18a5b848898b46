using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Directives;

/// <summary>Operations that use it are refused.</summary>
internal sealed class DirectiveRemoved : IRule<DirectivePair>
{
    private static readonly RuleSpec Spec = Gql.Known("DIRECTIVE_REMOVED", Severity.Breaking, Side.Neither, "A directive is gone.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(DirectivePair pair) => pair.New is null ? Spec.Says($"the {pair.Element} is gone") : null;
}
