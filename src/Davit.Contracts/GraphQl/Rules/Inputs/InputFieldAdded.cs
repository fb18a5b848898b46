using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Inputs;

/// <summary>Operations that leave it out are refused when it is mandatory, and stand for another value when it has a default.</summary>
internal sealed class InputFieldAdded : IRule<InputFieldPair>
{
    private static readonly RuleSpec Spec = Gql.Known("INPUT_FIELD_ADDED", Severity.Note, Side.Request, "A field of an input type is new.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(InputFieldPair pair) => pair is not { Old: null, New: { } @new } ? null
        : pair.Of.IsNew ? Spec.Says($"the {pair.Element} is new with its type")
        : @new.Default is not null ? Spec.Says($"the {pair.Element} is new, and what leaves it out stands for {@new.Default}").Graded(Severity.Warning)
        : @new.IsMandatory ? Spec.Says($"the {pair.Element} is new and must be given").Graded(Severity.Breaking)
        : Spec.Says($"the {pair.Element} is new");
}
