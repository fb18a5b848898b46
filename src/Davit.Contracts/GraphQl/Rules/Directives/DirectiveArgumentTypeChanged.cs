using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Model;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Directives;

/// <summary>Uses pass what the old type took; a type that takes more refuses none.</summary>
internal sealed class DirectiveArgumentTypeChanged : IRule<DirectiveArgumentPair>
{
    private static readonly RuleSpec Spec = Gql.Known("DIRECTIVE_ARGUMENT_TYPE_CHANGED", Severity.Breaking, Side.Neither, "An argument of a directive takes another type.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(DirectiveArgumentPair pair) =>
        pair is { Old: { } old, New: { } @new } && old.Type != @new.Type
            ? Spec.Says($"the {pair.Element} took '{old.Type}' and takes '{@new.Type}'").Graded(TypeRef.IsSafeToAsk(old.Type, @new.Type) ? Severity.Note : Severity.Breaking)
            : null;
}
