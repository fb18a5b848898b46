using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Enums;

/// <summary>Consumers read it; nothing depends on it.</summary>
internal sealed class EnumValueDescription : IRule<EnumValuePair>
{
    private static readonly RuleSpec Spec = Gql.Known("ENUM_VALUE_DESCRIPTION_CHANGED", Severity.Note, Side.Neither, "A value of an enum is described in other words.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(EnumValuePair pair) =>
        pair.New is not null && Described.Compare(pair.Old?.Description, pair.New.Description) is not Wording.Same ? Spec.Says($"the {pair.Element} is described in other words") : null;
}
