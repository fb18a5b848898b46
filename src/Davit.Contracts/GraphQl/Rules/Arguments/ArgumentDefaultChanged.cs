using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Model;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Arguments;

/// <summary>Operations that leave it out get another answer.</summary>
internal sealed class ArgumentDefaultChanged : IRule<ArgumentPair>
{
    private static readonly RuleSpec Spec = Gql.Known("FIELD_ARGUMENT_DEFAULT_CHANGED", Severity.Warning, Side.Request, "An argument that is left out stands for another value.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(ArgumentPair pair) =>
        pair is { Old: { } old, New: { } @new } && !pair.Of.Of.Of.HaveSameDefault(old, @new)
            ? Spec.Says($"the default of the {pair.Element} was {Told(old.Default)} and is {Told(@new.Default)}").ClaimedBy(ArgumentDefaultWithdrawn.Judge(pair)?.Rule)
            : null;

    private static string Told(Value? value) => value?.ToString() ?? "nothing";
}
