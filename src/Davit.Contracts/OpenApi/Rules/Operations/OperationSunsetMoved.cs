using System.Collections.Immutable;
using System.Globalization;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Operations;

/// <summary>Consumers that planned with the old date are late.</summary>
internal sealed class OperationSunsetMoved : IRule<OperationPair>
{
    private static readonly RuleSpec Spec = Oas.Known("api-sunset-date-changed-too-small", Severity.Breaking, Side.Neither, "The end date of an operation moved into the notice period.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(OperationPair pair) => pair is { Old.Lifecycle.Sunset: { } was, New.Lifecycle: { IsDeprecated: true, Sunset: { } now, IsStabilityUnknown: false } life } && now < was && now.DayNumber - pair.Of.Settings.Today.DayNumber < pair.Of.Settings.Notice(life)
        ? Spec.Says($"the end date moved from {was.ToString("O", CultureInfo.InvariantCulture)} to {now.ToString("O", CultureInfo.InvariantCulture)}, which is less than {pair.Of.Settings.Notice(life)} days ahead").At(pair.Old.Lifecycle.SunsetNode, life.SunsetNode)
        : null;
}
