using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Services;

/// <summary>Clients repeat calls, or fetch them with GET, by what it says.</summary>
internal sealed class IdempotencyChanged : IRule<MethodPair>
{
    private static readonly RuleSpec Spec = Pb.Known("RPC_SAME_IDEMPOTENCY_LEVEL", "A method promises another idempotency.", Side.Request);

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(MethodPair pair) => pair.New is { } @new && pair.Old.Idempotency != @new.Idempotency
        ? Spec.Says($"the {pair.Element} was {Told(pair.Old)} and is {Told(@new)}").On(Pb.At(4, 34), Pb.InFile())
        : null;

    private static string Told(ProtoMethod method) => method.Idempotency switch { 1 => "without side effects", 2 => "idempotent", _ => "of unknown idempotency" };
}
