using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Model;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Directives;

/// <summary>Uses that leave it out mean something else.</summary>
internal sealed class DirectiveArgumentDefaultChanged : IRule<DirectiveArgumentPair>
{
    private static readonly RuleSpec Spec = Gql.Known("DIRECTIVE_ARGUMENT_DEFAULT_VALUE_CHANGED", Severity.Warning, Side.Neither, "An argument of a directive that is left out stands for another value.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(DirectiveArgumentPair pair) =>
        pair is { Old: { } old, New: { } @new } && !pair.Of.Of.HaveSameDefault(old, @new)
            ? Spec.Says($"the default of the {pair.Element} was {Told(old.Default)} and is {Told(@new.Default)}")
            : null;

    private static string Told(Value? value) => value?.ToString() ?? "nothing";
}
