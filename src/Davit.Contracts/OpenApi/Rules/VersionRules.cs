using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules;

/// <summary>A break asks for a new major version; below 1.0.0 a new minor one will do. Versions that are not SemVer 2.0.0 are not judged.</summary>
internal static class VersionRules
{
    private static readonly RuleSpec Same = Oas.Known("api-version-not-bumped", Severity.Note, Side.Neither, "Something breaks, and the version is the same.");
    private static readonly RuleSpec Decreased = Oas.Known("api-version-decreased", Severity.Note, Side.Neither, "Something breaks, and the version went back.");
    private static readonly RuleSpec Minor = Oas.Known("api-major-version-not-bumped", Severity.Note, Side.Neither, "Something breaks, and the major version is the same.");

    public static IEnumerable<RuleSpec> All => [Same, Decreased, Minor];

    public static Verdict? Judge(Node old, Node @new)
    {
        if (SemanticVersion.Strict(old.Text) is not { } before || SemanticVersion.Strict(@new.Text) is not { } after)
            return null;
        if (old.Text == @new.Text)
            return Same.Says($"something breaks, and the version is still {@new.Text}");
        if (!after.IsAfter(before))
            return Decreased.Says($"something breaks, and the version went from {old.Text} back to {@new.Text}");
        var isBumped = before.Major is 0 && after.Major is 0 ? after.Minor > before.Minor : after.Major > before.Major;
        return isBumped ? null : Minor.Says($"something breaks, and the version went from {old.Text} only to {@new.Text}");
    }
}
