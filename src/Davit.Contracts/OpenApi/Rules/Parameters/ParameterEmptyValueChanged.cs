using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Parameters;

/// <summary>Callers may send it without a value today.</summary>
internal sealed class ParameterEmptyValueChanged : IRule<ParameterPair>
{
    private static readonly RuleSpec Withdrawn = Oas.Own("request-parameter-allow-empty-value-withdrawn", Severity.Breaking, Side.Request, "A parameter must have a value now.");

    private static readonly RuleSpec Granted = Oas.Own("request-parameter-allow-empty-value-granted", Severity.Note, Side.Request, "A parameter may be sent without a value now.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Withdrawn, Granted];

    public static Verdict? Judge(ParameterPair pair) => pair is not { Old.Node: var old, New.Node: var now } ? null
        : old["allowEmptyValue"].Boolean is true && now["allowEmptyValue"].Boolean is not true ? Withdrawn.Says($"{pair.Told} must have a value now")
        : old["allowEmptyValue"].Boolean is not true && now["allowEmptyValue"].Boolean is true ? Granted.Says($"{pair.Told} may be sent without a value now")
        : null;
}
