using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Parameters;

/// <summary>Callers may write reserved characters as they are.</summary>
internal sealed class ParameterReservedChanged : IRule<ParameterPair>
{
    private static readonly RuleSpec Withdrawn = Oas.Own("request-parameter-allow-reserved-withdrawn", Severity.Breaking, Side.Request, "Reserved characters of a parameter must be escaped now.");

    private static readonly RuleSpec Granted = Oas.Own("request-parameter-allow-reserved-granted", Severity.Note, Side.Request, "Reserved characters of a parameter need not be escaped any more.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Withdrawn, Granted];

    public static Verdict? Judge(ParameterPair pair) => pair is not { Old.Node: var old, New.Node: var now } ? null
        : old["allowReserved"].Boolean is true && now["allowReserved"].Boolean is not true ? Withdrawn.Says($"reserved characters of {pair.Told} must be escaped now").At(old["allowReserved"], now["allowReserved"])
        : old["allowReserved"].Boolean is not true && now["allowReserved"].Boolean is true ? Granted.Says($"reserved characters of {pair.Told} need not be escaped any more").At(old["allowReserved"], now["allowReserved"])
        : null;
}
