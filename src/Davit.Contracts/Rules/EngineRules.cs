using Davit.Contracts.Findings;

namespace Davit.Contracts.Rules;

/// <summary>What the engine says of itself, whatever the format.</summary>
internal static class EngineRules
{
    private static readonly RuleSpec FindingsTruncated = new("findings-truncated", Severity.Breaking, Side.Neither, "There are more findings than a report holds.");

    public static IEnumerable<RuleSpec> All => [FindingsTruncated];

    public static Finding Truncated(int most) =>
        new(FindingsTruncated, Severity.Breaking, "", "", "", $"there are more than {most} findings; the rest was not looked for", null, null);
}
