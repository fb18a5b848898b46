using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Operating;

/// <summary><c>davit drift</c></summary>
internal sealed class Drift : Verb
{
    private readonly Option<string?> _policy = new("--policy") { Description = "From now on repair what others change, or only report it." };

    public Drift() : base("drift", "Show what others changed behind Davit's back, and say whether it is repaired.", "davit drift --env production", "davit drift --policy report")
    {
        _policy.AcceptOnlyFromAmong("repair", "report");
        Add(_policy);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var env = await asked.EnvPathAsync(ct);
        if (asked.Get(_policy) is { } policy)
        {
            await asked.AnnounceAsync(ct);
            var set = await asked.Api.PutAsync($"{env}/drift", new DriftPolicyRequest(policy), (WireJson.Default.DriftPolicyRequest, WireJson.Default.ReceiptedEnvView), ct);
            if (asked.Terminal.IsJson)
                asked.Terminal.Document(set, WireJson.Default.ReceiptedEnvView);
            else
                asked.Terminal.Say(policy is "repair" ? "what others change is repaired" : "what others change is reported and left as it is");
            return ExitCode.Done;
        }

        var drift = await asked.Api.GetAsync($"{env}/drift", WireJson.Default.DriftView, ct);
        if (asked.Terminal.IsJson)
        {
            asked.Terminal.Document(drift, WireJson.Default.DriftView);
            return ExitCode.Done;
        }

        foreach (var difference in drift.Differences)
            asked.Terminal.Answer($"{difference.Kind,-9} {difference.Name}  {difference.Left} → {difference.Found}");
        asked.Terminal.Say(drift.Differences.Count is 0 ? "nothing differs from what Davit made" : drift.Policy is "repair" ? "being repaired; follow it with: davit events" : "left as it is; repair it with: davit drift --policy repair");
        return ExitCode.Done;
    }
}
