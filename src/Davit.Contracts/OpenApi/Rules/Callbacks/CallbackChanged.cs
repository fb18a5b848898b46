using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Callbacks;

/// <summary>The provider calls what the consumer does not know, or does not call any more.</summary>
internal sealed class CallbackChanged : IRule<CallbackPair>
{
    private static readonly RuleSpec Removed = Oas.Own("callback-removed", Severity.Breaking, Side.Neither, "A callback is gone.");

    private static readonly RuleSpec Added = Oas.Own("callback-added", Severity.Note, Side.Neither, "A callback is new.");

    private static readonly RuleSpec UrlChanged = Oas.Own("callback-url-changed", Severity.Breaking, Side.Neither, "A callback goes to another address.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Removed, Added, UrlChanged];

    public static Verdict? Judge(CallbackPair pair) => pair.Old is null ? Added.Says($"the callback '{pair.Name}' is new")
        : pair.New is null ? Removed.Says($"the callback '{pair.Name}' is gone")
        : pair.UrlDiffers ? UrlChanged.Says($"the callback '{pair.Name}' goes to {pair.New.Value.Url} now, not to {pair.Old.Value.Url}")
        : null;
}
