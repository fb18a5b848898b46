using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Messages;

/// <summary>Extensions with these numbers are no longer allowed.</summary>
internal sealed class ExtensionRangeDeleted : IRule<RangePair>
{
    private static readonly RuleSpec Spec = Pb.Known("EXTENSION_MESSAGE_NO_DELETE", "Numbers are no longer open to extensions.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(RangePair pair) => pair.Missing is [] ? null
        : Spec.Says($"extensions numbered {string.Join(", ", pair.Missing)} are no longer allowed in the {pair.New.Told}");
}
