using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Directives;

/// <summary>Operations may use it.</summary>
internal sealed class DirectiveAdded : IRule<DirectivePair>
{
    private static readonly RuleSpec Spec = Gql.Known("DIRECTIVE_ADDED", Severity.Note, Side.Neither, "A directive is new.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(DirectivePair pair) => pair.Old is null ? Spec.Says($"the {pair.Element} is new") : null;
}
