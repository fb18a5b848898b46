using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Annotations;

/// <summary>Whether it allows more or less only running it would tell.</summary>
internal sealed class ValidateExpressionChanged : IRule<FieldPair>
{
    private static readonly RuleSpec Spec = Pb.Own("validate-expression-changed", Severity.Warning, "An expression that validates a field is another one.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FieldPair pair) => pair is { Old: { } old, New: { } @new } && !old.Options.Same(@new.Options) && Constraint.ExpressionsOf(old) != Constraint.ExpressionsOf(@new)
        ? Spec.Says($"the expression that validates the {pair.Element} is another one").On(Pb.At(8, Model.Annotations.Validate))
        : null;
}
