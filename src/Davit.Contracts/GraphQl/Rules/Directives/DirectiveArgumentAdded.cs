using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Directives;

/// <summary>Uses that leave it out are refused when it may not be null.</summary>
internal sealed class DirectiveArgumentAdded : IRule<DirectiveArgumentPair>
{
    private static readonly RuleSpec Spec = Gql.Known("DIRECTIVE_ARGUMENT_ADDED", Severity.Note, Side.Neither, "An argument of a directive is new.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(DirectiveArgumentPair pair) => pair is not { Old: null, New: { } @new } ? null
        : pair.Of.Old is null || !@new.Type.IsNonNull ? Spec.Says($"the {pair.Element} is new")
        : Spec.Says($"the {pair.Element} is new and may not be null").Graded(Severity.Breaking);
}
