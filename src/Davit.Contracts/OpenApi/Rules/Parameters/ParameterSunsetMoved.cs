using System.Collections.Immutable;
using System.Globalization;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Parameters;

/// <summary>Callers that planned with the old date are late.</summary>
internal sealed class ParameterSunsetMoved : IRule<ParameterPair>
{
    private static readonly RuleSpec Spec = Oas.Known("request-parameter-sunset-date-changed-too-small", Severity.Breaking, Side.Request, "The end date of a parameter moved into the notice period.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(ParameterPair pair) => pair is { Old.Lifecycle.Sunset: { } was, New.Lifecycle: { IsDeprecated: true, Sunset: { } now } } && now < was && now.DayNumber - pair.Of.Of.Settings.Today.DayNumber < pair.Of.Of.Settings.Notice(pair.Of.New!.Lifecycle)
        ? Spec.Says($"the end date of {pair.Told} moved from {was.ToString("O", CultureInfo.InvariantCulture)} to {now.ToString("O", CultureInfo.InvariantCulture)}").At(pair.Old!.Lifecycle.SunsetNode, pair.New!.Lifecycle.SunsetNode)
        : null;
}
