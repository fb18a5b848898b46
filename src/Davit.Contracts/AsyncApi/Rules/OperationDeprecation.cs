using System.Collections.Immutable;
using System.Globalization;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Model;
using Davit.Contracts.Rules;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>An operation may go after it was announced and its end date has passed.</summary>
internal sealed class OperationDeprecation : IRule<AsyncOperationPair>
{
    private static readonly RuleSpec Deprecated = new("aas-operation-deprecated", Severity.Note, Side.Neither, "An operation is deprecated.");

    private static readonly RuleSpec Gone = new("aas-operation-removed-with-deprecation", Severity.Note, Side.Neither, "An operation is gone that was deprecated.");

    private static readonly RuleSpec GoneEarly = new("aas-operation-removed-before-sunset", Severity.Breaking, Side.Neither, "An operation is gone before its end date.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Deprecated, Gone, GoneEarly];

    public static Verdict? Judge(AsyncOperationPair pair) => pair switch
    {
        { Old: { Lifecycle.IsDeprecated: true } old, New: null } => Removed(old.Lifecycle, pair.Of.Settings.Today),
        { Old.Lifecycle.IsDeprecated: false, New.Lifecycle: { IsDeprecated: true } now } => Deprecated.Says("the operation is deprecated").At(default, now.DeprecatedNode),
        _ => null,
    };

    private static Verdict Removed(Lifecycle old, DateOnly today) => old.Sunset is { } sunset && today < sunset
        ? GoneEarly.Says($"the operation is gone before its end date {sunset.ToString("O", CultureInfo.InvariantCulture)}")
        : Gone.Says("the operation, which was deprecated, is gone");
}
