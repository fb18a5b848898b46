using System.Globalization;
using System.Text.Json.Nodes;
using Davit.Cli.Shell;
using Davit.Contracts.Policies;
using Davit.Wire;

namespace Davit.Cli.Contracts;

/// <summary><c>davit contract waiver list</c>: works without a server.</summary>
internal sealed class WaiverList : ContractVerb
{
    public WaiverList() : base("list", "List what is permitted, by whom, why and until when. Works without a server.", "davit contract waiver list", "davit contract waiver list --json") => AddJudging();

    protected override Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var options = Judging(asked, PolicyFiles.Root());
        var waivers = options.Policy.Waivers.OrderBy(w => w.Until).ThenBy(w => w.Rule, StringComparer.Ordinal).ThenBy(w => w.Fingerprint, StringComparer.Ordinal).ToList();
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(new JsonObject { ["items"] = new JsonArray([.. waivers.Select(w => Body(w, options.Today))]) }, WireJson.Default.JsonObject);
        else if (waivers is [])
            asked.Terminal.Say("nothing is waived");
        else
            asked.Terminal.Table(["UNTIL", "STATE", "FINDING", "RULE", "AT", "OWNER", "REASON"], waivers.Select(w => (string[])[Day(w.Until), State(w, options.Today), w.Fingerprint, w.Rule, w.At, w.Owner, w.Reason]));
        return Task.FromResult(ExitCode.Done);
    }

    public static JsonObject Body(Waiver waiver, DateOnly today) => new()
    {
        ["fingerprint"] = waiver.Fingerprint, ["rule"] = waiver.Rule, ["at"] = waiver.At, ["element"] = waiver.Element, ["consumer"] = waiver.Consumer,
        ["reason"] = waiver.Reason, ["owner"] = waiver.Owner, ["until"] = Day(waiver.Until), ["state"] = State(waiver, today),
    };

    private static string State(Waiver waiver, DateOnly today) => waiver.IsExpired(today) ? "expired" : "active";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
