using System.Globalization;
using Davit.Cli.Shell;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Deploying;

/// <summary>Shows a deployment as it happens: its log while it builds and migrates, each phase with its time, and how it ended.</summary>
internal static class Following
{
    private static readonly HashSet<string> LoggedPhases = new(StringComparer.Ordinal) { "building", "migrating", "finishing" };

    /// <returns>Done only when users are served by it.</returns>
    public static async Task<ExitCode> ToEndAsync(Invocation asked, string envPath, DeploymentView begun, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var log = ShowLogAsync(asked, envPath, begun.Id, stop.Token);
        try
        {
            var ended = await WatchAsync(asked, envPath, begun, ct);
            await stop.CancelAsync();
            await log.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return Conclude(asked, ended);
        }
        catch (OperationCanceledException)
        {
            asked.Terminal.Say($"Not watching any more; {begun.Id} goes on. Stop it with: davit cancel {begun.Id}");
            throw;
        }
    }

    public static ExitCode Conclude(Invocation asked, DeploymentView ended)
    {
        if (asked.Terminal.IsJson)
        {
            asked.Terminal.Document(ended, WireJson.Default.DeploymentView);
        }
        else if (ended.Problem is { } problem)
        {
            asked.Terminal.Show(problem.ToProblem());
            asked.Terminal.Say(asked.Terminal.Dim($"  {ended.Id}"));
        }
        else if (ended.State is "live")
        {
            asked.Terminal.Say($"{asked.Terminal.Good(ended.Unchanged ? "unchanged" : "live")} release {ended.ReleaseNumber} as deployment #{ended.Number}{Took(asked.Terminal, ended.CreatedAt, ended.FinishedAt)}");
            foreach (var url in ended.Urls)
                asked.Terminal.Answer(url);
        }
        else
        {
            asked.Terminal.Show(CliProblems.NotLive(ended.Id, ended.Text));
        }

        return ended.State is "live" or "replaced" ? ExitCode.Done : ExitCode.Problem;
    }

    /// <summary>Waits for changes at the server, so nothing is polled.</summary>
    private static async Task<DeploymentView> WatchAsync(Invocation asked, string envPath, DeploymentView begun, CancellationToken ct)
    {
        var (current, shown) = (begun, new HashSet<string>(StringComparer.Ordinal));
        while (!current.Final)
        {
            current = await asked.Api.GetAsync($"{envPath}/deployments/{begun.Id}/wait?seen={current.Version}", WireJson.Default.DeploymentView, ct);
            foreach (var phase in current.Phases.Where(p => p.Status is "done" or "failed" && shown.Add(p.Phase)))
                asked.Terminal.Say($"  {(phase.Status is "done" ? asked.Terminal.Good("✓") : asked.Terminal.Bad("✗"))} {phase.Phase}{Took(asked.Terminal, phase.StartedAt, phase.EndedAt)}");
        }

        return current;
    }

    private static async Task ShowLogAsync(Invocation asked, string envPath, string id, CancellationToken ct)
    {
        if (asked.Terminal.IsJson || asked.Terminal.IsQuiet)
            return;
        await foreach (var line in asked.Api.StreamAsync($"{envPath}/deployments/{id}/logs?follow=true", WireJson.Default.LogLineView, ct))
        {
            if (LoggedPhases.Contains(line.Stream) && !line.Text.StartsWith('—'))
                asked.Terminal.Say(asked.Terminal.Dim($"    {line.Text}"));
        }
    }

    private static string Took(Terminal terminal, DateTimeOffset? from, DateTimeOffset? to) =>
        terminal.IsStable || from is null || to is null ? "" : terminal.Dim(string.Create(CultureInfo.InvariantCulture, $"  {(to.Value - from.Value).TotalSeconds:0.0} s"));
}
