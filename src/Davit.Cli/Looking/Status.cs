using Davit.Cli.Shell;
using Davit.Cli.Volumes;
using Davit.Wire;

namespace Davit.Cli.Looking;

/// <summary><c>davit status</c></summary>
internal sealed class Status : Verb
{
    public Status() : base("status", "Show what should run and what does, with the reason for each difference. Exit 1 when something is not well.", "davit status --env production", "davit status --json")
    {
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var status = await asked.Api.GetAsync($"{await asked.EnvPathAsync(ct)}/status", WireJson.Default.StatusView, ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(status, WireJson.Default.StatusView);
        else
            Print(asked.Terminal, status);
        return status.State is "degraded" or "unseen" ? ExitCode.Problem : ExitCode.Done;
    }

    private static void Print(Terminal terminal, StatusView status)
    {
        var state = status.State is "ready" ? terminal.Good("ready") : status.State is "degraded" or "unseen" ? terminal.Bad(status.State) : terminal.Strong(status.State);
        terminal.Answer($"{status.App} → {status.Env}: {state}{(status.ReleaseNumber is { } n ? $", release {n}" : "")}{(terminal.IsStable ? "" : terminal.Dim($"  seen {status.SeenAt:HH:mm:ss}"))}");
        if (status.Running is { } running)
            terminal.Answer($"deployment #{running.Number} is {running.Text}");
        terminal.Table(["SERVICE", "KIND", "READY", "INSTANCES", "WHY NOT"], status.Services.Select(s => (string[])
        [
            s.Name, s.Kind, s.Kind is "static" ? "edge" : $"{(status.State is "unseen" ? "?" : s.Ready)}/{s.Wanted}", string.Join(" ", s.Instances.Select(i => $"{i.Name[(i.Name.LastIndexOf('-', i.Name.LastIndexOf('-') - 1) + 1)..]}:{i.State}")), s.Reason,
        ]));
        foreach (var volume in status.Volumes)
            terminal.Answer($"volume {volume.Name}: last proven restore {Proofs.Of(volume, terminal)}, last backup {Proofs.LastBackup(volume, terminal)}");
        foreach (var condition in status.Conditions)
            terminal.Answer($"{terminal.Bad(condition.Name)} {condition.Subject}: {condition.Detail}  {terminal.Dim("try " + condition.Hint)}");
        if (status.Traffic is not "")
            terminal.Answer($"{terminal.Strong(status.Traffic)}{(status.TrafficMessage is "" ? "" : $": {status.TrafficMessage}")}  {terminal.Dim("try " + (status.Traffic is "paused" ? "davit resume" : "davit maintenance off"))}");
        foreach (var url in status.Urls)
            terminal.Answer(url);
    }
}
