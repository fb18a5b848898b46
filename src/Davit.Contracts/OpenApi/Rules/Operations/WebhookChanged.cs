using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Operations;

/// <summary>The provider calls what the consumer does not know, or does not call any more.</summary>
internal sealed class WebhookChanged : IRule<NamePair>
{
    private static readonly RuleSpec Added = Oas.Known("webhook-added", Severity.Warning, Severity.Note, Side.Neither, "A webhook is new.");

    private static readonly RuleSpec Removed = Oas.Known("webhook-removed", Severity.Breaking, Side.Neither, "A webhook is gone.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Added, Removed];

    public static Verdict? Judge(NamePair pair) => pair is not { List: "webhooks" } ? null
        : pair.IsAdded ? Added.Says($"the webhook '{pair.Name}' is new")
        : pair.IsRemoved ? Removed.Says($"the webhook '{pair.Name}' is gone")
        : null;
}
