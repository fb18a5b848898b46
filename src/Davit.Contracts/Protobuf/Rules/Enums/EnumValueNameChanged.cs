using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Enums;

/// <summary>Generated code and JSON name the number otherwise.</summary>
internal sealed class EnumValueNameChanged : IRule<EnumValuePair>
{
    private static readonly RuleSpec Spec = Pb.Known("ENUM_VALUE_SAME_NAME", "A value of an enum has another name.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(EnumValuePair pair) => pair.Of.HasLostName
        ? Spec.Says($"the value {pair.New.Number} of the {pair.Of.Of.Element} was named {pair.Of.OldNames} and is named {pair.Of.NewNames}").On(Pb.At(2))
        : null;
}
