using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.OpenApi.Rules.Lifecycles;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Operations;

/// <summary>Consumers must stop to call it, and should know until when.</summary>
internal sealed class OperationDeprecation : IRule<OperationPair>
{
    private static readonly RuleSpec Deprecated = Oas.Known("endpoint-deprecated", Severity.Note, Side.Neither, "An operation was marked as deprecated.");

    private static readonly RuleSpec WithSunset = Oas.Known("endpoint-deprecated-with-sunset", Severity.Note, Side.Neither, "An operation was marked as deprecated, with an end date.");

    private static readonly RuleSpec SunsetMissing = Oas.Known("api-deprecated-sunset-missing", Severity.Breaking, Side.Neither, "An operation was marked as deprecated without the end date that policy demands.");

    private static readonly RuleSpec SunsetUnreadable = Oas.Known("api-deprecated-sunset-parse", Severity.Breaking, Side.Neither, "An operation was marked as deprecated with an end date that cannot be read.");

    private static readonly RuleSpec SunsetTooSmall = Oas.Known("api-sunset-date-too-small", Severity.Breaking, Side.Neither, "An operation was marked as deprecated with an end date nearer than the notice period.");

    private static readonly RuleSpec Reactivated = Oas.Known("endpoint-reactivated", Severity.Note, Side.Neither, "An operation is no longer deprecated.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Deprecated, WithSunset, SunsetMissing, SunsetUnreadable, SunsetTooSmall, Reactivated];

    public static Verdict? Judge(OperationPair pair) => pair is { Old.Lifecycle: { } old, New.Lifecycle: { } now } && old.IsDeprecated != now.IsDeprecated
        ? Deprecation.Judge(old, now, pair, new Deprecation.Specs(Deprecated, WithSunset, SunsetMissing, SunsetUnreadable, SunsetTooSmall, Reactivated), "the operation")
        : null;
}
