using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Model;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Arguments;

/// <summary>Operations pass what the old type took; a type that takes more refuses none.</summary>
internal sealed class ArgumentTypeChanged : IRule<ArgumentPair>
{
    private static readonly RuleSpec Spec = Gql.Known("FIELD_ARGUMENT_TYPE_CHANGED", Severity.Breaking, Side.Request, "An argument takes another type.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(ArgumentPair pair) =>
        pair is { Old: { } old, New: { } @new } && old.Type != @new.Type
            ? Spec.Says($"the {pair.Element} took '{old.Type}' and takes '{@new.Type}'").Graded(TypeRef.IsSafeToAsk(old.Type, @new.Type) ? Severity.Note : Severity.Breaking)
            : null;
}
