using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Fields;

/// <summary>Readers that do not know it see that no member is set.</summary>
internal sealed class OneofFieldAdded : IRule<FieldPair>
{
    private static readonly RuleSpec Spec = Pb.Own("oneof-field-added", Severity.Warning, "A oneof has a new member.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FieldPair pair) => pair is { Old: null, New.Oneof: { } oneof } && pair.Of?.Old.HasOneof(oneof.Name) is true
        ? Spec.Says($"the oneof '{oneof.Name}' has the new member '{pair.Field.Name}'")
        : null;
}
