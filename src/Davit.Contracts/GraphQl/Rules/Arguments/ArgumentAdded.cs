using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Arguments;

/// <summary>Operations that leave it out are refused when it is mandatory, and may get another answer when it is not.</summary>
internal sealed class ArgumentAdded : IRule<ArgumentPair>
{
    private static readonly RuleSpec Spec = Gql.Known("FIELD_ARGUMENT_ADDED", Severity.Warning, Side.Request, "An argument is new.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(ArgumentPair pair) => pair is not { Old: null, New: { } @new } ? null
        : pair.Of.Old is null ? Spec.Says($"the {pair.Element} is new with its field").Graded(Severity.Note)
        : @new.IsMandatory ? Spec.Says($"the {pair.Element} is new and must be given").Graded(Severity.Breaking)
        : Spec.Says($"the {pair.Element} is new");
}
