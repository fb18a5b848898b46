using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Enums;

/// <summary>Readers may meet a value that they have no branch for.</summary>
internal sealed class EnumValueAdded : IRule<EnumValuePair>
{
    private static readonly RuleSpec Spec = Gql.Known("ENUM_VALUE_ADDED", Severity.Warning, Side.Neither, "A value of an enum is new.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(EnumValuePair pair) => pair.Old is not null ? null
        : pair.Of.IsNew ? Spec.Says($"the {pair.Element} is new with its enum").Graded(Severity.Note)
        : Spec.Says($"the {pair.Element} is new");
}
