using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Operations;

/// <summary>Nobody knows any more until when it may be called.</summary>
internal sealed class OperationSunsetDeleted : IRule<OperationPair>
{
    private static readonly RuleSpec Spec = Oas.Known("sunset-deleted", Severity.Breaking, Side.Neither, "The end date of a deprecated operation was withdrawn.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(OperationPair pair) => pair is { Old.Lifecycle.HasSunset: true, New.Lifecycle: { IsDeprecated: true, HasSunset: false } } ? Spec.Says("the end date was withdrawn").At(pair.Old.Lifecycle.SunsetNode, default) : null;
}
