using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Directives;

/// <summary>Consumers read it; nothing depends on it.</summary>
internal sealed class DirectiveDescription : IRule<DirectivePair>
{
    private static readonly RuleSpec Spec = Gql.Known("DIRECTIVE_DESCRIPTION_CHANGED", Severity.Note, Side.Neither, "A directive is described in other words.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(DirectivePair pair) =>
        pair.New is not null && Described.Compare(pair.Old?.Description, pair.New.Description) is not Wording.Same ? Spec.Says($"the {pair.Element} is described in other words") : null;
}
