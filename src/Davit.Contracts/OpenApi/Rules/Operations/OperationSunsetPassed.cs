using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Operations;

/// <summary>Consumers may believe that it is gone.</summary>
internal sealed class OperationSunsetPassed : IRule<OperationPair>
{
    private static readonly RuleSpec Spec = Oas.Own("operation-sunset-passed", Severity.Warning, Side.Neither, "An operation is still there after its end date.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(OperationPair pair) => pair is { Old: not null, New.Lifecycle: { IsDeprecated: true, Sunset: { } end } life } && end < pair.Of.Settings.Today
        ? Spec.Says($"the operation was to end on {end:yyyy-MM-dd}").At(pair.Old.Lifecycle.SunsetNode, life.SunsetNode) : null;
}
