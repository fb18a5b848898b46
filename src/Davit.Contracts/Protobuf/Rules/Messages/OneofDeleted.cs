using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Messages;

/// <summary>Code that asks which member is set does not build.</summary>
internal sealed class OneofDeleted : IRule<OneofPair>
{
    internal static readonly RuleSpec Spec = Pb.Known("ONEOF_NO_DELETE", "A oneof is gone.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(OneofPair pair) => pair is { New: null, Old.IsSynthetic: false } ? Spec.Says($"the {pair.Element} is gone") : null;
}
