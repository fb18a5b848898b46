using System.CommandLine;
using System.Globalization;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Deploying;

/// <summary><c>davit canary</c></summary>
internal static class Canary
{
    public static Command Make() => new("canary", "Look at a release that serves a share of the clients, and decide about it.")
    {
        new CanaryStatus(),
        new CanaryDecision("promote", "Give the new release all traffic now.", "promoted; it takes all traffic"),
        new CanaryDecision("pause", "Keep the share as it is until somebody resumes, promotes or aborts; a release that does worse is aborted all the same.", "paused; go on with: davit canary resume"),
        new CanaryDecision("resume", "Go on with the step, which gets its whole time again.", "resumed"),
        new CanaryDecision("abort", "Give all traffic back to the release that served before.", "asked to abort; the old release takes all traffic"),
    };

    public static void Show(Terminal terminal, CanaryView canary)
    {
        var reason = canary.Reason is "" ? "" : $": {canary.Reason}";
        terminal.Answer($"{canary.State} at step {canary.Step} of {canary.Steps}, {canary.Percent} % of clients{reason}");
        terminal.Answer(Side("old", canary.Old));
        terminal.Answer(Side("new", canary.New));
    }

    private static string Side(string name, SideView side) => string.Create(CultureInfo.InvariantCulture,
        $"{name}  {side.Requests} requests, {side.Errors} failed ({(side.Requests is 0 ? 0 : 100.0 * side.Errors / side.Requests):0.##} %), p95 {side.P95Milliseconds} ms");
}

/// <summary><c>davit canary status</c></summary>
internal sealed class CanaryStatus() : Verb("status", "Show how far the canary is and what the edge has counted on both sides.", "davit canary status", "davit canary status --json")
{
    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var canary = await asked.Api.GetAsync($"{await asked.EnvPathAsync(ct)}/canary", WireJson.Default.CanaryView, ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(canary, WireJson.Default.CanaryView);
        else
            Canary.Show(asked.Terminal, canary);
        return ExitCode.Done;
    }
}

/// <summary><c>davit canary promote</c>, <c>pause</c>, <c>resume</c> and <c>abort</c></summary>
internal sealed class CanaryDecision(string action, string about, string said) : Verb(action, about, $"davit canary {action}", $"davit canary {action} --env production")
{
    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        await asked.AnnounceAsync(ct);
        var env = await asked.EnvPathAsync(ct);
        var done = await asked.Api.PostAsync($"{env}/canary", new CanaryRequest(Name), (WireJson.Default.CanaryRequest, WireJson.Default.ReceiptedCanaryView), ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(done, WireJson.Default.ReceiptedCanaryView);
        else
            asked.Terminal.Say(said);
        return ExitCode.Done;
    }
}
