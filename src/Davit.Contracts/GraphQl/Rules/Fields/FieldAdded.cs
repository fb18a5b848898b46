using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Fields;

/// <summary>Operations may select it.</summary>
internal sealed class FieldAdded : IRule<FieldPair>
{
    private static readonly RuleSpec Spec = Gql.Known("FIELD_ADDED", Severity.Note, Side.Response, "A field is new.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FieldPair pair) => pair.Old is null ? Spec.Says($"the {pair.Element} is new") : null;
}
