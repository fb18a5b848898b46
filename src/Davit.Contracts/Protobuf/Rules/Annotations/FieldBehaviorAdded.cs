using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Annotations;

/// <summary>Consumers that keep to the old contract do not send what is required now, or send what is no longer taken.</summary>
internal sealed class FieldBehaviorAdded : IRule<BehaviorPair>
{
    private static readonly RuleSpec Required = Pb.Own("field-behavior-required-added", Severity.Breaking, "Consumers must send a field now.", Side.Request);

    private static readonly RuleSpec Immutable = Pb.Own("field-behavior-immutable-added", Severity.Warning, "A field can no longer be changed.", Side.Request);

    private static readonly RuleSpec OutputOnly = Pb.Own("field-behavior-output-only-added", Severity.Warning, "A field is no longer taken from consumers.", Side.Request);

    public static ImmutableArray<RuleSpec> Specs { get; } = [Required, Immutable, OutputOnly];

    public static Verdict? Judge(BehaviorPair pair) => pair is { WasSaid: false, IsSaid: true, IsSent: true } ? Of(pair)?.On(Pb.At(8, Model.Annotations.FieldBehavior)) : null;

    private static Verdict? Of(BehaviorPair pair) => pair.Behavior switch
    {
        2 => Required.Says($"the {pair.Element} must be sent now"),
        3 when pair.Of.IsKept => OutputOnly.Says($"the {pair.Element} is no longer taken from consumers"),
        5 when pair.Of.IsKept => Immutable.Says($"the {pair.Element} can no longer be changed"),
        _ => null,
    };
}
