using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Model;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Inputs;

/// <summary>Operations that leave it out get another answer.</summary>
internal sealed class InputFieldDefaultChanged : IRule<InputFieldPair>
{
    private static readonly RuleSpec Spec = Gql.Known("INPUT_FIELD_DEFAULT_VALUE_CHANGED", Severity.Warning, Side.Request, "A field of an input type that is left out stands for another value.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(InputFieldPair pair) =>
        pair is { Old: { } old, New: { } @new } && !pair.Of.Of.HaveSameDefault(old, @new)
            ? Spec.Says($"the default of the {pair.Element} was {Told(old.Default)} and is {Told(@new.Default)}").ClaimedBy(InputFieldDefaultWithdrawn.Judge(pair)?.Rule)
            : null;

    private static string Told(Value? value) => value?.ToString() ?? "nothing";
}
