using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Parameters;

/// <summary>Nobody knows any more until when it may be sent.</summary>
internal sealed class ParameterSunsetDeleted : IRule<ParameterPair>
{
    private static readonly RuleSpec Spec = Oas.Known("request-parameter-sunset-deleted", Severity.Breaking, Side.Request, "The end date of a deprecated parameter was withdrawn.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(ParameterPair pair) => pair is { Old.Lifecycle.HasSunset: true, New.Lifecycle: { IsDeprecated: true, HasSunset: false } } ? Spec.Says($"the end date of {pair.Told} was withdrawn").At(pair.Old!.Lifecycle.SunsetNode, default) : null;
}
