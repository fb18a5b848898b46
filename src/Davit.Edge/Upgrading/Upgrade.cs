using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;
using Davit.Edge.AccessLog;
using Davit.Edge.Control;
using Davit.Edge.Tcp;
using Davit.Model;

namespace Davit.Edge.Upgrading;

/// <summary>
/// Starts a new process with our listening sockets open in it, tries it, and lets it serve when it is good. The sockets are
/// never closed in between, so no connection that waits in their queues is lost.
/// </summary>
internal sealed class Upgrade(Handover handover, UpgradeParts parts, EdgeReport report, EdgeOptions options, TimeProvider clock)
{
    private static readonly string Self = Environment.ProcessPath ?? "";

    /// <exception cref="ProblemException">DV5013 or DV5014: the new program is not used, this process goes on.</exception>
    public async Task<UpgradeOutcome> RunAsync(string program)
    {
        if (!handover.TryBegin())
            throw new ProblemException(EdgeProblems.UpgradeRuns());

        var path = program is "" ? Self : program;
        IDisposable? turn = null;
        try
        {
            // Whoever asked may go away: an upgrade that has begun comes to its end, because a new process may accept already.
            using var limit = new CancellationTokenSource(options.UpgradeTime, clock);
            turn = await handover.WriteAsync(limit.Token);
            var outcome = await HandOverAsync(path, report.Status(), limit.Token);
            handover.Complete(turn);
            parts.Retirement.Begin();
            return outcome;
        }
        catch (Exception e)
        {
            turn?.Dispose();
            handover.GiveUp();
            var problem = e is ProblemException known ? known.Problem : EdgeProblems.UpgradeRefused(path, Words(e));
            parts.Notes.Add("upgrade-refused", problem.Detail);
            throw new ProblemException(problem, e);
        }
    }

    private async Task<UpgradeOutcome> HandOverAsync(string path, EdgeStatus now, CancellationToken ct)
    {
        var meeting = Path.Combine(Path.GetDirectoryName(options.Control)!, $"u{Environment.ProcessId}.sock");
        File.Delete(meeting);
        using var door = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        door.Bind(new UnixDomainSocketEndPoint(meeting));
        door.Listen(1);
        var descriptors = parts.Listeners.Descriptors.AddRange(parts.Ports.Descriptors);
        using var process = Start(path, meeting, descriptors.Values);
        try
        {
            using var channel = new Channel(new NetworkStream(await OrEndAsync(process, door.AcceptAsync(ct).AsTask(), ct), ownsSocket: true));
            await channel.SayAsync(new Offer(descriptors), MessageJson.Default.Offer, ct);
            var trial = await OrEndAsync(process, channel.HearAsync(MessageJson.Default.Trial, ct), ct) ?? throw Refuse(path, "it ended before it could be tried");
            if (await parts.SelfTest.FindFaultAsync(trial, now, ct) is { } fault)
                throw Refuse(path, fault);

            await channel.SayAsync(new GoAhead(now.Environments, [Environment.ProcessId, .. now.Predecessors.Select(p => p.ProcessId)]), MessageJson.Default.GoAhead, ct);
            var serving = await OrEndAsync(process, channel.HearAsync(MessageJson.Default.Serving, ct), ct) ?? throw Refuse(path, "it passed its self-test, but did not come to serve");
            return new UpgradeOutcome(process.Id, serving.Version, now.Version, now.OpenConnections);
        }
        catch
        {
            await EndAsync(process);
            File.Delete(Path.Combine(Path.GetDirectoryName(meeting)!, $"t{process.Id}.sock"));
            throw;
        }
        finally
        {
            File.Delete(meeting);
        }
    }

    /// <summary>Only this program gets the sockets: every other one is started without them.</summary>
    private Process Start(string path, string meeting, IEnumerable<int> descriptors)
    {
        var all = descriptors.ToArray();
        try
        {
            Array.ForEach(all, d => ListeningSocket.Keep(d, inheritable: true));
            return Process.Start(new ProcessStartInfo(path, [.. options.Arguments, "--take-over", meeting]) { UseShellExecute = false })
                ?? throw Refuse(path, "it could not be started");
        }
        finally
        {
            Array.ForEach(all, d => ListeningSocket.Keep(d, inheritable: false));
        }
    }

    /// <summary>The answer of the process, or the news that it has ended.</summary>
    private static async Task<T> OrEndAsync<T>(Process process, Task<T> answer, CancellationToken ct)
    {
        var ended = process.WaitForExitAsync(ct);
        if (await Task.WhenAny(answer, ended) == answer || ct.IsCancellationRequested)
            return await answer;

        throw new UnreadableException($"it ended with code {process.ExitCode} before it was ready");
    }

    private static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);

        await process.WaitForExitAsync(CancellationToken.None);
    }

    private string Words(Exception fault) => fault switch
    {
        OperationCanceledException => FormattableString.Invariant($"it was not ready within {options.UpgradeTime.TotalSeconds:0.#} s"),
        Win32Exception cannotStart => $"it cannot be started ({cannotStart.NativeErrorCode})",
        UnreadableException ended => ended.Message,
        _ => "it broke off",
    };

    private static ProblemException Refuse(string path, string why) => new(EdgeProblems.UpgradeRefused(path, why));

    private sealed class UnreadableException(string why) : Exception(why);
}

/// <summary>What an upgrade works with.</summary>
internal sealed record UpgradeParts(Listeners Listeners, TcpPorts Ports, SelfTest SelfTest, Retirement Retirement, EdgeNotes Notes);
