namespace Davit.Contracts.Findings;

/// <summary>Who is hit by what a rule finds, and what can be done instead.</summary>
public static class RuleGuidance
{
    /// <summary>Who is hit, in one sentence.</summary>
    public static string Why(this RuleSpec rule) => rule.Advice?.Why ?? (rule.Severity, rule.Side) switch
    {
        (Severity.Breaking, Side.Request) => "Consumers that send what the old contract allows may be refused.",
        (Severity.Breaking, Side.Response) => "Consumers may get what the old contract excluded, or miss what it promised.",
        (Severity.Breaking, _) => "Consumers that keep to the old contract fail.",
        (Severity.Warning, _) => "Some consumers may fail; whether they do depends on what they rely on.",
        _ => "Nobody who keeps to the old contract fails.",
    };

    /// <summary>What to do so that nobody fails, in one sentence; empty where nothing is to be done.</summary>
    public static string Fix(this RuleSpec rule) => rule.Advice?.Fix ?? (rule.Severity, rule.Side) switch
    {
        (Severity.Breaking, Side.Request) => "Accept the old form beside the new one until nobody sends it, or publish the change as a new version.",
        (Severity.Breaking, Side.Response) => "Send the old form beside the new one until nobody reads it, or publish the change as a new version.",
        (Severity.Breaking, _) => "Mark it as deprecated with an end date, and remove it when the date has passed; or publish the change as a new version.",
        (Severity.Warning, _) => "Ask its consumers, or see whether they use it, before it is deployed.",
        _ => "",
    };
}
