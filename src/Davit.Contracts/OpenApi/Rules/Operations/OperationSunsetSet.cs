using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Operations;

/// <summary>Consumers may plan for the end.</summary>
internal sealed class OperationSunsetSet : IRule<OperationPair>
{
    private static readonly RuleSpec Added = Oas.Own("operation-sunset-added", Severity.Note, Side.Neither, "A deprecated operation got an end date.");

    private static readonly RuleSpec Postponed = Oas.Own("operation-sunset-postponed", Severity.Note, Side.Neither, "The end date of an operation is later.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Added, Postponed];

    public static Verdict? Judge(OperationPair pair) => pair is not { Old.Lifecycle: { IsDeprecated: true } old, New.Lifecycle: { IsDeprecated: true, Sunset: { } end } now } ? null
        : !old.HasSunset ? Added.Says($"the operation ends on {end:yyyy-MM-dd}").At(default, now.SunsetNode)
        : old.Sunset < end ? Postponed.Says($"the operation ends on {end:yyyy-MM-dd} now, not on {old.Sunset:yyyy-MM-dd}").At(old.SunsetNode, now.SunsetNode)
        : null;
}
