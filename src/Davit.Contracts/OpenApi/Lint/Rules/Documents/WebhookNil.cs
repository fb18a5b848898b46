namespace Davit.Contracts.OpenApi.Lint.Rules.Documents;

internal sealed class WebhookNil : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("webhook-nil", "A webhook says nothing.", "Describe the operation of the webhook, or remove its name.", Part.Document);

    public static Fault? Judge(Spot spot) => spot["webhooks"] is { IsObject: true } webhooks && webhooks.Children.ToList().Find(w => w.IsMissing()) is { Exists: true } empty ? empty.Is($"the webhook '{empty.Name}' is empty") : null;
}
