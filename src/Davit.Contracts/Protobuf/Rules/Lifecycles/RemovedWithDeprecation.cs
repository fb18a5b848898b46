using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Lifecycles;

/// <summary>It was announced, and where numbers and names matter they are reserved.</summary>
internal sealed class RemovedWithDeprecation : IRule<RemovalPair>
{
    internal static readonly RuleSpec Spec = Pb.Own("removed-with-deprecation", Severity.Note, "Something that was deprecated is gone.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(RemovalPair pair) => pair.IsAnnounced ? Spec.Says($"the {pair.Element}, which was deprecated, is gone") : null;
}
