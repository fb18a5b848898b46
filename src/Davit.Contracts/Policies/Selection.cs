using Davit.Contracts.Findings;

namespace Davit.Contracts.Policies;

/// <summary>Chooses findings by rule and place.</summary>
internal static class Selection
{
    public static bool Fits(string rule, string at, Finding finding) => IsRule(rule, finding.Rule) && Glob.Fits(at, $"{finding.Operation} {finding.Path}".Trim());

    /// <summary>Either its own id or its alias fits.</summary>
    public static bool IsRule(string glob, RuleSpec rule) => Glob.Fits(glob, rule.Id) || (rule.Alias is { } alias && Glob.Fits(glob, $"{alias.Checker}:{alias.Id}"));
}
