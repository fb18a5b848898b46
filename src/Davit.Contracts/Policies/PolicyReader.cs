using System.Collections.Immutable;
using System.Globalization;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.Profiles;

namespace Davit.Contracts.Policies;

/// <summary>Reads <c>.davit/contracts.yaml</c>. Unknown keys are refused: a permission that is misspelt must not be lost.</summary>
internal sealed class PolicyReader
{
    private static readonly string[] FailLevels = ["breaking", "warning", "none"];

    private readonly FaultyNode _root;
    private readonly DateOnly _today;
    private readonly ImmutableArray<PolicyFault>.Builder _faults = ImmutableArray.CreateBuilder<PolicyFault>();

    private PolicyReader(Node root, DateOnly today)
    {
        _root = new FaultyNode(root, _faults);
        _today = today;
    }

    /// <param name="member">The member that is the policy; empty when the file is.</param>
    public static ContractPolicy Read(string file, byte[] bytes, string member, DateOnly today)
    {
        if (bytes.AsSpan().TrimStart(" \t\r\n"u8).IsEmpty)
            return ContractPolicy.None;
        var root = DocumentReader.Read(file, bytes).Root;
        var reader = new PolicyReader(member is "" ? root : root[member], today);
        var policy = reader.Policy();
        return reader._faults.Count is 0 ? policy : throw new PolicyRefusedException([.. reader._faults.OrderBy(f => f.At.Line).ThenBy(f => f.At.Column)]);
    }

    private ContractPolicy Policy()
    {
        _root.Knows("profile", "edition", "failOn", "levels", "waivers", "lifecycle", "marks", "provides", "ignore", "tests");
        var lifecycle = _root["lifecycle"];
        lifecycle.Knows("stableNoticeDays", "betaNoticeDays");
        return new ContractPolicy
        {
            Profile = _root["profile"].OneOf(Profile.Names),
            Edition = _root["edition"].OneOf(Edition.Names),
            FailOn = _root["failOn"].OneOf(FailLevels),
            Levels = [.. _root["levels"].Members().Select(Level).OfType<LevelSetting>()],
            Waivers = [.. _root["waivers"].Elements().Select(Waiver).OfType<Waiver>()],
            StableNoticeDays = lifecycle["stableNoticeDays"].Days(),
            BetaNoticeDays = lifecycle["betaNoticeDays"].Days(),
            HasMarksForBreaks = _root["marks"].OneOf(["warning", "breaking"]) is "breaking",
            Provides = _root["provides"].Texts(),
            Ignores = _root["ignore"].Texts(),
            Tests = [.. _root["tests"].Elements().Select(Test)],
        };
    }

    private LevelSetting? Level(FaultyNode said)
    {
        var isLong = said.Node.IsObject;
        if (isLong)
            said.Knows("level", "at", "reason");
        var word = (isLong ? said["level"] : said).OneOf(["breaking", "warning", "note", "off"]);
        if (word is null)
        {
            said.Refused("a level is one of breaking, warning, note, off");
            return null;
        }

        var setting = new LevelSetting(said.Node.Name!, isLong ? said["at"].Text() ?? "*" : "*", LevelOf(word), isLong ? said["reason"].Text() ?? "" : "");
        var rules = RuleCatalog.All.Where(r => Selection.IsRule(setting.Rule, r)).ToList();
        if (rules is [])
            said.Refused($"no rule is called '{setting.Rule}'; they are listed by: davit contract rules");
        if (setting.Reason.Length < Policies.Waiver.ShortestReason && rules.Any(r => setting.Level is null || setting.Level < r.Severity))
            said.Refused($"what lowers a level says why: write {{ level: {word}, reason: \"…\" }} with at least {Policies.Waiver.ShortestReason} characters");
        return setting;
    }

    private static Severity? LevelOf(string word) => word switch
    {
        "breaking" => Severity.Breaking,
        "warning" => Severity.Warning,
        "note" => Severity.Note,
        _ => null,
    };

    private Waiver? Waiver(FaultyNode said)
    {
        said.Knows("fingerprint", "rule", "at", "element", "consumer", "reason", "owner", "until");
        var until = said["until"].Date();
        var waiver = new Waiver(
            said["fingerprint"].Text() ?? "", said["rule"].Text() ?? "*", said["at"].Text() ?? "*", said["element"].Text() ?? "*",
            said["consumer"].Text() ?? "", said["reason"].Text() ?? "", said["owner"].Text() ?? "", until ?? default);
        if (waiver.Fingerprint is "" && !said["rule"].Node.Exists)
            said.Refused("a waiver names a fingerprint or a rule");
        if (waiver.Fingerprint is not "" && (waiver.Fingerprint.Length is not 16 || !waiver.Fingerprint.All(char.IsAsciiHexDigitLower)))
            said["fingerprint"].Refused("a fingerprint has sixteen digits, 0 to 9 and a to f");
        if (said["rule"].Node.Exists && !RuleCatalog.All.Any(r => Selection.IsRule(waiver.Rule, r)))
            said["rule"].Refused($"no rule is called '{waiver.Rule}'; they are listed by: davit contract rules");
        if (waiver is { Fingerprint: "", Rule: "*", At: "*", Element: "*" })
            said.Refused("a waiver for all rules names a place or an element");
        if (waiver.Reason.Length < Policies.Waiver.ShortestReason)
            said.Refused($"a waiver has a reason of at least {Policies.Waiver.ShortestReason} characters");
        if (waiver.Owner is "")
            said.Refused("a waiver has an owner");
        if (!said["until"].Node.Exists)
            said.Refused("a waiver ends: write until: and the last day it holds");
        else if (until > _today.AddDays(Policies.Waiver.LongestDays))
            said["until"].Refused($"a waiver holds for {Policies.Waiver.LongestDays} days at most, until {_today.AddDays(Policies.Waiver.LongestDays).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");
        return until is null ? null : waiver;
    }

    private static bool IsExpectable(string text) =>
        text.Split(' ') is [var level, var id] && level is "breaking" or "warning" or "note" && RuleCatalog.All.Any(r => r.Id == id);

    private static PolicyTest Test(FaultyNode said)
    {
        said.Knows("name", "old", "new", "expect");
        foreach (var needed in (string[])["name", "old", "new", "expect"])
        {
            if (!said[needed].Node.Exists)
                said.Refused($"a test has a member '{needed}'");
        }

        foreach (var expected in said["expect"].Elements().Where(e => e.Text() is { } text && !IsExpectable(text)))
            expected.Refused("what is expected is a level and a rule, such as: breaking oas-request-body-removed");
        return new PolicyTest(said["name"].Text() ?? "", said["old"].Text() ?? "", said["new"].Text() ?? "", said["expect"].Texts());
    }
}
