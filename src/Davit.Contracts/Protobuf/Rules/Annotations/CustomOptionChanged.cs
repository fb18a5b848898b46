using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Annotations;

/// <summary>What it means only those who read it know.</summary>
internal sealed class CustomOptionChanged : IRule<OptionPair>
{
    private static readonly RuleSpec Spec = Pb.Own("custom-option-changed", Severity.Note, "An option that is no part of the language says something else.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(OptionPair pair) => pair.Old.Span.SequenceEqual(pair.New.Span) ? null
        : Spec.Says($"the option ({pair.Name}) of the {pair.Element} {(pair.Old.IsEmpty ? "is new" : pair.New.IsEmpty ? "is gone" : "says something else")}").On(Pb.At(pair.Options, pair.Number));
}
