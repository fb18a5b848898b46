using System.Globalization;
using System.Text.RegularExpressions;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules;

/// <summary>A break asks for a new major version; below 1.0.0 a new minor one will do. Versions that are not SemVer 2.0.0 are not judged.</summary>
internal static partial class VersionRules
{
    private static readonly RuleSpec Same = Oas.Known("api-version-not-bumped", Severity.Note, Side.Neither, "Something breaks, and the version is the same.");
    private static readonly RuleSpec Decreased = Oas.Known("api-version-decreased", Severity.Note, Side.Neither, "Something breaks, and the version went back.");
    private static readonly RuleSpec Minor = Oas.Known("api-major-version-not-bumped", Severity.Note, Side.Neither, "Something breaks, and the major version is the same.");

    public static IEnumerable<RuleSpec> All => [Same, Decreased, Minor];

    public static Verdict? Judge(Node old, Node @new)
    {
        if (Parse(old.Text) is not { } before || Parse(@new.Text) is not { } after)
            return null;
        if (old.Text == @new.Text)
            return Same.Says($"something breaks, and the version is still {@new.Text}");
        if (after.CompareTo(before) <= 0)
            return Decreased.Says($"something breaks, and the version went from {old.Text} back to {@new.Text}");
        var isBumped = before.Major is 0 && after.Major is 0 ? after.Minor > before.Minor : after.Major > before.Major;
        return isBumped ? null : Minor.Says($"something breaks, and the version went from {old.Text} only to {@new.Text}");
    }

    private static (int Major, int Minor, int Patch)? Parse(string? text) =>
        text is not null && SemVer().Match(text) is { Success: true } match
        && Number(match, "major") is { } major && Number(match, "minor") is { } minor && Number(match, "patch") is { } patch
            ? (major, minor, patch) : null;

    private static int? Number(Match match, string part) => int.TryParse(match.Groups[part].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"^v?(?<major>0|[1-9][0-9]*)\.(?<minor>0|[1-9][0-9]*)\.(?<patch>0|[1-9][0-9]*)(?:-(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*)?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SemVer();
}
