using System.Diagnostics;
using System.Globalization;
using Davit.Cli.Shell;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Deploying;

/// <summary>Shows a deployment as it happens: its log while it builds and migrates, each phase with its time, and how it ended.</summary>
internal static class Following
{
    private const string Spinner = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";

    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);
    private static readonly HashSet<string> LoggedPhases = new(StringComparer.Ordinal) { "building", "migrating", "finishing" };

    /// <returns>Done only when users are served by it.</returns>
    /// <exception cref="OperationCanceledException">The watching was ended, not the deployment.</exception>
    public static async Task<ExitCode> ToEndAsync(Invocation asked, string envPath, DeploymentView begun, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var seen = new Seen(begun);
        Task[] beside = [ShowLogAsync(asked, envPath, begun.Id, stop.Token), DrawAsync(asked.Terminal, seen, stop.Token)];
        try
        {
            await WatchAsync(asked, envPath, seen, ct);
        }
        finally
        {
            await stop.CancelAsync();
            foreach (var task in beside)
                await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            asked.Terminal.Live("");
        }

        return Conclude(asked, seen.Current);
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
    private static async Task WatchAsync(Invocation asked, string envPath, Seen seen, CancellationToken ct)
    {
        var shown = new HashSet<string>(StringComparer.Ordinal);
        while (!seen.Current.Final)
        {
            seen.Take(await asked.Api.AwaitAsync($"{envPath}/deployments/{seen.Current.Id}/wait?seen={seen.Current.Version}", WireJson.Default.DeploymentView, ct));
            foreach (var phase in seen.Current.Phases.Where(p => p.Status is "done" or "failed" && shown.Add(p.Phase)))
                asked.Terminal.Say($"  {(phase.Status is "done" ? asked.Terminal.Good("✓") : asked.Terminal.Bad("✗"))} {phase.Phase}{Took(asked.Terminal, phase.StartedAt, phase.EndedAt)}");
        }
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

    /// <summary>On a terminal, the phase that runs and for how long, again and again.</summary>
    private static async Task DrawAsync(Terminal terminal, Seen seen, CancellationToken ct)
    {
        if (!terminal.IsWatched)
            return;
        using var timer = new PeriodicTimer(Frame);
        for (var i = 0; ; i++)
        {
            var seconds = terminal.IsStable ? "" : string.Create(CultureInfo.InvariantCulture, $" {seen.Since.TotalSeconds:0.0} s");
            terminal.Live($"  {Spinner[i % Spinner.Length]} {seen.Phase}{seconds}");
            await timer.WaitForNextTickAsync(ct);
        }
    }

    private static string Took(Terminal terminal, DateTimeOffset? from, DateTimeOffset? to) =>
        terminal.IsStable || from is null || to is null ? "" : terminal.Dim(string.Create(CultureInfo.InvariantCulture, $"  {(to.Value - from.Value).TotalSeconds:0.0} s"));

    /// <summary>The newest view; how long its phase runs is counted here, since two machines need not agree on the time.</summary>
    private sealed class Seen(DeploymentView begun)
    {
        private readonly Stopwatch _since = Stopwatch.StartNew();

        public DeploymentView Current { get; private set; } = begun;

        public string Phase { get; private set; } = begun.Text;

        public TimeSpan Since => _since.Elapsed;

        public void Take(DeploymentView next)
        {
            var phase = next.Phases.LastOrDefault(p => p.Status is "running" or "active")?.Phase ?? next.Text;
            Current = next;
            if (phase == Phase)
                return;
            Phase = phase;
            _since.Restart();
        }
    }
}
