using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Inputs;

/// <summary>Operations that leave it out are refused.</summary>
internal sealed class InputFieldDefaultWithdrawn : IRule<InputFieldPair>
{
    private static readonly RuleSpec Spec = Gql.Own("input-field-default-removed-nonnull", Severity.Breaking, Side.Request, "A field of an input type lost its default and may not be null, so it must be given.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(InputFieldPair pair) =>
        pair is { Old: { Default: not null }, New: { IsMandatory: true } } ? Spec.Says($"the {pair.Element} has no default any more and must be given") : null;
}
