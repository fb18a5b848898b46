using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Callbacks;

/// <summary>The provider calls with a method that the consumer does not know, or calls no more.</summary>
internal sealed class CalledOperationChanged : IRule<NamePair>
{
    private static readonly RuleSpec CallbackAdded = Oas.Own("callback-operation-added", Severity.Warning, Side.Neither, "A callback has another operation.");

    private static readonly RuleSpec CallbackRemoved = Oas.Own("callback-operation-removed", Severity.Breaking, Side.Neither, "An operation of a callback is gone.");

    private static readonly RuleSpec WebhookAdded = Oas.Own("webhook-operation-added", Severity.Warning, Side.Neither, "A webhook has another operation.");

    private static readonly RuleSpec WebhookRemoved = Oas.Own("webhook-operation-removed", Severity.Breaking, Side.Neither, "An operation of a webhook is gone.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [CallbackAdded, CallbackRemoved, WebhookAdded, WebhookRemoved];

    public static Verdict? Judge(NamePair pair) => (pair.List, pair.IsAdded, pair.IsRemoved) switch
    {
        ("callbackOperations", true, _) => CallbackAdded.Says($"the callback is also called with {pair.Name} now"),
        ("callbackOperations", _, true) => CallbackRemoved.Says($"the callback is not called with {pair.Name} any more"),
        ("webhookOperations", true, _) => WebhookAdded.Says($"the webhook is also called with {pair.Name} now"),
        ("webhookOperations", _, true) => WebhookRemoved.Says($"the webhook is not called with {pair.Name} any more"),
        _ => null,
    };
}
