using System.Collections.Immutable;
using System.Globalization;
using Davit.Contracts.Findings;

namespace Davit.Contracts.Rules;

/// <summary>What the engine says of itself and of whole contracts, whatever the format.</summary>
internal static class EngineRules
{
    private static readonly RuleSpec FindingsTruncated = new("findings-truncated", Severity.Breaking, Side.Neither, "There are more findings than a report holds.");
    private static readonly RuleSpec ContractAdded = new("contract-added", Severity.Note, Side.Neither, "There is a contract that was not there before.");
    private static readonly RuleSpec ContractRemoved = new("contract-removed", Severity.Breaking, Side.Neither, "A contract is not there any more.");
    private static readonly RuleSpec ContractMoved = new("contract-moved", Severity.Note, Side.Neither, "A contract stands in another file.");
    private static readonly RuleSpec ContractFormatChanged = new("contract-format-changed", Severity.Breaking, Side.Neither, "A contract became one of another format.");
    private static readonly RuleSpec Expired = new("waiver-expired", Severity.Warning, Side.Neither, "A permission ended; what it was for counts again.");
    private static readonly RuleSpec TooBroad = new("waiver-too-broad", Severity.Warning, Side.Neither, "A permission covers more than anybody can have meant.");
    private static readonly RuleSpec Unreadable = new("waiver-unreadable", Severity.Warning, Side.Neither, "What was meant as a permission in a document is none.");
    private static readonly RuleSpec Newer = new("edition-newer", Severity.Note, Side.Neither, "A newer edition would find more.");

    public static ImmutableArray<RuleSpec> All { get; } =
        [FindingsTruncated, ContractAdded, ContractRemoved, ContractMoved, ContractFormatChanged, Expired, TooBroad, Unreadable, Newer];

    /// <summary>Those that speak of whole contracts: they can be permitted and given other levels as all rules can.</summary>
    public static bool IsOfContract(RuleSpec rule) => rule == ContractAdded || rule == ContractRemoved || rule == ContractMoved || rule == ContractFormatChanged;

    public static Finding Truncated(int most) => Of(FindingsTruncated, "", $"there are more than {most} findings; the rest was not looked for");

    public static Finding Added(string path) => Of(ContractAdded, path, $"the contract '{path}' is new");

    public static Finding Removed(string path) => Of(ContractRemoved, path, $"the contract '{path}' is not there any more");

    public static Finding Moved(string from, string to) => Of(ContractMoved, to, $"the contract '{from}' stands in '{to}' now");

    public static Finding FormatChanged(string path, string from, string to) => Of(ContractFormatChanged, path, $"the contract '{path}' was {from} and is {to} now");

    public static Finding WaiverExpired(string waiver, DateOnly until) =>
        Of(Expired, waiver, $"the permission for '{waiver}' ended on {until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}; what it was for counts again");

    public static Finding WaiverTooBroad(string waiver, int count) => Of(TooBroad, waiver, $"the permission for '{waiver}' covers {count} findings");

    public static Finding WaiverUnreadable(string text) => Of(Unreadable, "", $"a permission in the document is none: {text}");

    public static Finding EditionNewer(string edition, int count) => Of(Newer, "", $"a newer edition than {edition} would tell of {count} more");

    private static Finding Of(RuleSpec rule, string element, string text) => Fingerprint.Marked(new Finding(rule, rule.Severity, "", "", element, text, null, null), "", "");
}
