using System.Text;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.Policies;

namespace Davit.Contracts.Tests.Policies;

public sealed class PolicyReaderTests
{
    private static readonly DateOnly Today = new(2027, 1, 31);

    [Fact]
    public void A_whole_policy_is_read()
    {
        var policy = Read("""
            profile: strict
            edition: "2027.1"
            failOn: warning
            lifecycle: { stableNoticeDays: 180, betaNoticeDays: 31 }
            marks: breaking
            levels:
              oas-api-tag-*: { level: off, reason: tags are for our own pages }
              oasdiff:api-tag-removed: breaking
            waivers:
              - { rule: oas-request-*, at: "POST /orders*", reason: nobody sends it any more, owner: ana, until: 2027-03-01 }
            provides: [api/openapi.yaml]
            ignore: ["examples/*"]
            tests:
              - { name: a break is found, old: a.yaml, new: b.yaml, expect: [breaking oas-request-body-removed] }
            """);

        (policy.Profile, policy.Edition, policy.FailOn).ShouldBe(("strict", "2027.1", "warning"));
        (policy.StableNoticeDays, policy.BetaNoticeDays, policy.HasMarksForBreaks).ShouldBe((180, 31, true));
        policy.Levels.Select(l => l.Level).ShouldBe([null, Severity.Breaking]);
        policy.Waivers.ShouldHaveSingleItem().Until.ShouldBe(new DateOnly(2027, 3, 1));
        policy.IsIgnored("examples/old/openapi.yaml").ShouldBeTrue();
        policy.IsIgnored("api/openapi.yaml").ShouldBeFalse();
        policy.Tests.ShouldHaveSingleItem().Expects.ShouldBe(["breaking oas-request-body-removed"]);
    }

    [Theory]
    [InlineData("wavers: []", "1:1", "'wavers' is not known here")]
    [InlineData("profile: nobody", "1:1", "'nobody' is not known")]
    [InlineData("edition: '1999'", "1:1", "'1999' is not known")]
    [InlineData("levels: { oas-nothing-*: breaking }", "1:11", "no rule is called")]
    [InlineData("levels: { oas-request-body-removed: note }", "1:11", "what lowers a level says why")]
    [InlineData("levels: { oas-request-body-removed: loud }", "1:11", "'loud' is not known")]
    [InlineData("levels: [a]", "1:1", "must be an object")]
    [InlineData("waivers: [{ rule: x, owner: ana, until: 2027-02-01, reason: short }]", "1:11", "a reason of at least 10")]
    [InlineData("waivers: [{ owner: ana, until: 2027-02-01, reason: long enough it is }]", "1:11", "a fingerprint or a rule")]
    [InlineData("waivers: [{ rule: x, owner: ana, reason: long enough it is }]", "1:11", "a waiver ends")]
    [InlineData("waivers: [{ rule: x, until: 2027-02-01, reason: long enough it is }]", "1:11", "has an owner")]
    [InlineData("waivers: [{ rule: x, owner: ana, until: 2028-02-03, reason: long enough it is }]", "1:34", "366 days at most, until 2028-02-01")]
    [InlineData("waivers: [{ rule: x, owner: ana, until: soon, reason: long enough it is }]", "1:34", "'soon' is no date")]
    [InlineData("lifecycle: { stableNoticeDays: -1 }", "1:14", "0 to 3650")]
    [InlineData("tests: [{ name: x }]", "1:9", "a test has a member 'old'")]
    [InlineData("- a", "1:1", "must be an object")]
    public void What_no_policy_can_say_is_refused_with_its_place(string text, string at, string says)
    {
        var faults = Should.Throw<PolicyRefusedException>(() => Read(text)).Faults;

        faults.ShouldContain(f => $"{f.At.Line}:{f.At.Column}" == at && f.Text.Contains(says, StringComparison.Ordinal), string.Join('\n', faults));
    }

    [Fact]
    public void All_faults_are_told_at_once() => Should.Throw<PolicyRefusedException>(() => Read("wavers: []\nprofile: nobody\nfailOn: always\n")).Faults.Length.ShouldBe(3);

    [Fact]
    public void What_is_not_well_formed_is_refused() => Should.Throw<UnreadableException>(() => Read("levels: {")).Code.ShouldBe(UnreadableCodes.Syntax);

    [Fact]
    public void An_empty_file_agrees_on_nothing() => Read("\n").ShouldBe(ContractPolicy.None);

    [Theory]
    [InlineData("*", "", true)]
    [InlineData("GET /orders*", "GET /orders/{id}", true)]
    [InlineData("GET /orders", "GET /orders/{id}", false)]
    [InlineData("*/{id}", "GET /orders/{id}", true)]
    [InlineData("GET /?", "GET /a", true)]
    [InlineData("GET /?", "GET /", false)]
    [InlineData("a*b*c", "aXbYbZc", true)]
    [InlineData("a*b*c", "aXbYbZ", false)]
    [InlineData("", "a", false)]
    public void Globs_fit(string glob, string text, bool fits) => Glob.Fits(glob, text).ShouldBe(fits);

    [Fact]
    public void A_glob_of_stars_ends() => Glob.Fits(string.Concat(Enumerable.Repeat("*a", 2_000)), new string('a', 1_999) + "b").ShouldBeFalse();

    [Fact]
    public void Waivers_are_written_as_they_are_read_whatever_order_they_come_in()
    {
        Waiver[] waivers =
        [
            new("00000000000000aa", "oas-request-body-removed", "GET /b", "*", "", "a \"quoted\" reason: # no comment", "ana", new DateOnly(2027, 3, 1)),
            new("00000000000000ab", "oas-api-path-removed-without-deprecation", "GET /b", "request body", "mobile", "line one\nline two", "bo", new DateOnly(2027, 4, 1)),
            new("", "oas-*", "*", "*", "", "everything is for the best", "cy", new DateOnly(2027, 5, 1)),
        ];

        var text = WaiverFile.Text([.. waivers]);

        WaiverFile.Text([.. waivers.Reverse()]).ShouldBe(text);
        Read(text).Waivers.ShouldBe(waivers, ignoreOrder: true);
        Read(WaiverFile.Text([])).Waivers.ShouldBeEmpty();
    }

    private static ContractPolicy Read(string text) => ContractPolicy.Read("contracts.yaml", Encoding.UTF8.GetBytes(text), Today);
}
