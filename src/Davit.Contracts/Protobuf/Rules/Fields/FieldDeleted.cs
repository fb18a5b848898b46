using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Fields;

/// <summary>Code that reads or sets it does not build, and what is sent in it is lost.</summary>
internal sealed class FieldDeleted : IRule<FieldPair>
{
    internal static readonly RuleSpec Spec = Pb.Known("FIELD_NO_DELETE", "A field is gone.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FieldPair pair) => pair is { New: null, Old: { } old }
        ? Spec.Says($"the {pair.Element} (number {old.Number}) is gone").ClaimedBy(pair.IsAnnouncedRemoval ? Lifecycles.RemovedWithDeprecation.Spec : null)
        : null;
}
