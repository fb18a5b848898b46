using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.JsonSchemas.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.JsonSchemas.Rules;

/// <summary>Others may refer to the schema by its identifier.</summary>
internal sealed class IdChanged : IRule<KeywordPair>
{
    private static readonly RuleSpec Spec = Js.Spec("id-changed", Severity.Note, Severity.Note, "The identifier of a schema is another one.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(KeywordPair pair) =>
        pair is { Name: "$id", IsChanged: true } ? Spec.Says($"the identifier went from {pair.Old.Scalar} to {pair.New.Scalar}") : null;
}
