using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Directives;

/// <summary>Consumers read it; nothing depends on it.</summary>
internal sealed class DirectiveArgumentDescription : IRule<DirectiveArgumentPair>
{
    private static readonly RuleSpec Spec = Gql.Known("DIRECTIVE_ARGUMENT_DESCRIPTION_CHANGED", Severity.Note, Side.Neither, "An argument of a directive is described in other words.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(DirectiveArgumentPair pair) =>
        pair is { Old: { } old, New: { } @new } && Described.Compare(old.Description, @new.Description) is not Wording.Same ? Spec.Says($"the {pair.Element} is described in other words") : null;
}
