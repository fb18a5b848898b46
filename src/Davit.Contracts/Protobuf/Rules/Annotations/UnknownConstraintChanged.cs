using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Annotations;

/// <summary>Whether it allows more or less cannot be told without knowing what it means.</summary>
internal sealed class UnknownConstraintChanged : IRule<FieldPair>
{
    private static readonly RuleSpec Spec = Pb.Own("validate-unknown-constraint-changed", Severity.Warning, "A rule that validates a field, and whose meaning is not known here, says something else.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FieldPair pair)
    {
        if (pair is not { Old: { } old, New: { } @new } || old.Options.Same(@new.Options))
            return null;
        var (before, now) = (UnknownConstraints.Of(old), UnknownConstraints.Of(@new));
        var changed = before.Keys.Union(now.Keys, StringComparer.Ordinal).Where(n => before.GetValueOrDefault(n) != now.GetValueOrDefault(n)).Order(StringComparer.Ordinal).ToList();
        return changed is [] ? null : Spec.Says($"the {pair.Element} is validated otherwise by {string.Join(", ", changed)}").On(Pb.At(8, Model.Annotations.Validate));
    }
}
