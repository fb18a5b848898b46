using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Arguments;

/// <summary>Consumers read it; nothing depends on it.</summary>
internal sealed class ArgumentDescription : IRule<ArgumentPair>
{
    private static readonly RuleSpec Spec = Gql.Known("FIELD_ARGUMENT_DESCRIPTION_CHANGED", Severity.Note, Side.Request, "An argument is described in other words.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(ArgumentPair pair) =>
        pair is { Old: { } old, New: { } @new } && Described.Compare(old.Description, @new.Description) is not Wording.Same ? Spec.Says($"the {pair.Element} is described in other words") : null;
}
