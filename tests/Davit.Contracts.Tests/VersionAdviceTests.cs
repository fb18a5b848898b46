using Davit.Contracts.Findings;

namespace Davit.Contracts.Tests;

public sealed class VersionAdviceTests
{
    [Theory]
    [InlineData(Severity.Breaking, "1.2.3", "2.0.0", VersionStep.Major, true)]
    [InlineData(Severity.Breaking, "1.2.3", "1.3.0", VersionStep.Major, false)]
    [InlineData(Severity.Breaking, "0.2.3", "0.3.0", VersionStep.Minor, true)]
    [InlineData(Severity.Breaking, "0.2.3", "0.2.4", VersionStep.Minor, false)]
    [InlineData(Severity.Breaking, "0.9.0", "1.0.0", VersionStep.Major, true)]
    [InlineData(Severity.Breaking, "v1.0.0", "v2.0.0", VersionStep.Major, true)]
    [InlineData(Severity.Breaking, "1.0.0-rc.1", "1.0.0", VersionStep.Major, false)]
    [InlineData(Severity.Breaking, "2.0.0", "1.0.0", VersionStep.Major, false)]
    [InlineData(Severity.Breaking, "2026-01-01", "2026-02-01", VersionStep.Major, true)]
    [InlineData(Severity.Breaking, null, "1.0.0", VersionStep.Major, true)]
    [InlineData(Severity.Breaking, "1.0.0", "99999999999.0.0", VersionStep.Major, true)]
    [InlineData(Severity.Warning, "1.2.3", "1.2.4", VersionStep.Patch, true)]
    [InlineData(Severity.Note, "1.2.3", "1.2.3+7", VersionStep.Patch, false)]
    [InlineData(null, "1.2.3", "1.2.3", VersionStep.None, true)]
    public void The_version_must_say_what_changed(Severity? worst, string? old, string? @new, VersionStep needed, bool isSatisfied)
    {
        var rule = new RuleSpec("x", worst ?? Severity.Note, Side.Neither, "x");

        var advice = VersionAdvice.Of(worst is { } severity ? [new Finding(rule, severity, "", "", "", "x", null, null)] : [], old, @new);

        (advice.Needed, advice.IsSatisfied).ShouldBe((needed, isSatisfied));
    }
}
