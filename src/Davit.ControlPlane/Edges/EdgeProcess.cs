using System.Diagnostics;
using System.Globalization;
using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.Leases;
using Davit.ControlPlane.Postgres;
using Davit.Edge.Control;
using Davit.Model;

namespace Davit.ControlPlane.Edges;

/// <summary>
/// Starts the edge when none answers and starts it again when it has ended. The edge runs in a session of its own and goes
/// on serving while davitd is stopped, upgraded or killed; a running one is adopted. It writes its process id itself, so one that
/// took over from another is watched from then on.
/// </summary>
internal sealed partial class EdgeProcess(ServerOptions options, EdgeControlClient edge, Leadership leadership, TimeProvider clock, ILogger<EdgeProcess> log) : LastingService(clock, log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(15);

    private string PidFile => Path.Combine(options.EdgeData, "davit-edge.pid");

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        if (options.EdgeProgram is "")
            return;

        using var timer = new PeriodicTimer(Pause, Clock);
        do
        {
            // Two replicas on one machine would start two.
            await leadership.LedAsync(stoppingToken);

            // Looking at the process costs next to nothing; asking it every second would keep both of us from being idle.
            if (!IsRunning() && !await AnswersAsync(stoppingToken))
                await LaunchAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> AnswersAsync(CancellationToken ct)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), Clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
            await edge.StatusAsync(both.Token);
            return true;
        }
        catch (Exception e) when (e is ProblemException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return IsRunning();
        }
    }

    /// <summary>A process that is alive but slow to answer must not get a rival for its ports.</summary>
    private bool IsRunning() => File.Exists(PidFile)
        && int.TryParse(File.ReadAllText(PidFile).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
        && Signals.IsAlive(pid, "davit-edge");

    private async Task LaunchAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(options.EdgeData, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo("setsid",
        [
            options.EdgeProgram, "--data", options.EdgeData, "--control", options.EdgeSocket,
            "--http", options.HttpPort.ToString(CultureInfo.InvariantCulture), "--https", options.HttpsPort.ToString(CultureInfo.InvariantCulture),
        ])
        {
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        LogStarting(options.EdgeProgram, process.Id);
        await File.WriteAllTextAsync(PidFile, process.Id.ToString(CultureInfo.InvariantCulture), ct);

        var deadline = Clock.GetUtcNow() + StartDeadline;
        while (!await AnswersAsync(ct) && Clock.GetUtcNow() < deadline)
            await Task.Delay(TimeSpan.FromMilliseconds(50), Clock, ct);
    }

    [LoggerMessage(EventId = 5001, Level = LogLevel.Information, Message = "no edge answers; started {Program} as process {Pid}")]
    private partial void LogStarting(string program, int pid);
}
