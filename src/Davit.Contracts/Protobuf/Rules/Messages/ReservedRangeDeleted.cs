using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Messages;

/// <summary>The numbers may be used again, and old data is then misread.</summary>
internal sealed class ReservedRangeDeleted : IRule<RangePair>
{
    private static readonly RuleSpec Message = Pb.Known("RESERVED_MESSAGE_NO_DELETE", "Numbers or names of a message are no longer reserved.");

    private static readonly RuleSpec Enum = Pb.Known("RESERVED_ENUM_NO_DELETE", "Numbers or names of an enum are no longer reserved.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Message, Enum];

    public static Verdict? Judge(RangePair pair) => pair.Missing is [] ? null
        : Of(pair.New).Says($"the numbers {string.Join(", ", pair.Missing)} are no longer reserved in the {pair.New.Told}");

    internal static RuleSpec Of(ProtoElement element) => element is ProtoEnum ? Enum : Message;
}
