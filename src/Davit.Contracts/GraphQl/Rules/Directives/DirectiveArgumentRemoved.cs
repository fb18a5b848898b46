using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Directives;

/// <summary>Uses that pass it are refused.</summary>
internal sealed class DirectiveArgumentRemoved : IRule<DirectiveArgumentPair>
{
    private static readonly RuleSpec Spec = Gql.Known("DIRECTIVE_ARGUMENT_REMOVED", Severity.Breaking, Side.Neither, "An argument of a directive is gone.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(DirectiveArgumentPair pair) => pair.New is null ? Spec.Says($"the {pair.Element} is gone") : null;
}
