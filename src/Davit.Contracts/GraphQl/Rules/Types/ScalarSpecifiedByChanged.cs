using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Model;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Types;

/// <summary>What stands for a value may be written in another way from now on.</summary>
internal sealed class ScalarSpecifiedByChanged : IRule<TypePair>
{
    public static RuleSpec Spec { get; } = Gql.Own("scalar-specified-by-changed", Severity.Warning, Side.Neither, "The text of a scalar follows another specification.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(TypePair pair) =>
        pair is { Old: { Kind: TypeKind.Scalar } old, New: { Kind: TypeKind.Scalar } @new } && old.SpecifiedBy != @new.SpecifiedBy && (!pair.Of.IsMixed || (old.SpecifiedBy is not null && @new.SpecifiedBy is not null))
            ? Spec.Says($"the {pair.Element} was specified by {Told(old.SpecifiedBy)} and is specified by {Told(@new.SpecifiedBy)}")
            : null;

    private static string Told(string? url) => url is null ? "nothing" : $"'{url}'";
}
