using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.JsonSchemas.Deciding;
using Davit.Contracts.JsonSchemas.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.JsonSchemas.Rules;

/// <summary>Neither a proof nor a value was found, so a person must judge.</summary>
internal sealed class SchemaUndecided : IRule<WholePair>
{
    private static readonly RuleSpec Backward = Js.Spec("narrowing-undecided", Severity.Warning, Severity.Note, "Whether the new schema accepts all that the old one accepts is not decided.");

    private static readonly RuleSpec Forward = Js.Spec("widening-undecided", Severity.Note, Severity.Warning, "Whether the old schema accepts all that the new one accepts is not decided.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Backward, Forward];

    public static Verdict? Judge(WholePair pair) => pair switch
    {
        { Backward: SubsetVerdict.Undecided { Reason: var reason } } => Backward.Says($"whether the new schema accepts all that the old one accepts is undecided: {reason}"),
        { Forward: SubsetVerdict.Undecided { Reason: var reason } } => Forward.Says($"whether the old schema accepts all that the new one accepts is undecided: {reason}"),
        _ => null,
    };
}
