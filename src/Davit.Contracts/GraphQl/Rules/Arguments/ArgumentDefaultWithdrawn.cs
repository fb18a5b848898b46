using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Arguments;

/// <summary>Operations that leave it out are refused.</summary>
internal sealed class ArgumentDefaultWithdrawn : IRule<ArgumentPair>
{
    private static readonly RuleSpec Spec = Gql.Own("argument-default-removed-nonnull", Severity.Breaking, Side.Request, "An argument lost its default and may not be null, so it must be given.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(ArgumentPair pair) =>
        pair is { Old: { Default: not null }, New: { IsMandatory: true } } ? Spec.Says($"the {pair.Element} has no default any more and must be given") : null;
}
