using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Davit.ControlPlane.Logs;
using Davit.Drivers;
using Davit.Edge.Control;
using Davit.Model;
using Davit.Planning.Rollouts;
using Davit.Planning.Wishes;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Reconciling;

/// <summary>What is at hand when a rollout fails: the world as it is, and what the edge's last attempt came to.</summary>
internal sealed record Evidence(EnvRow Env, Wish Wish, DeploymentId Deployment, Sight Have, SwitchOutcome.Refused? Refused);

/// <summary>Finds out why a new release could not take over, while its instances are still there to be asked.</summary>
internal sealed partial class Diagnosis(IRuntimeDriver driver, LogStore logs, LogCollector collector, TimeProvider clock)
{
    private static readonly TimeSpan LogPatience = TimeSpan.FromSeconds(3);
    private const int QuotedLines = 20;

    public async Task<Problem> ExplainAsync(Failure failure, Evidence seen, CancellationToken ct) => failure switch
    {
        Failure.InstanceEnded e => await EndedAsync(e, seen, ct),
        Failure.NeverReady n => await NotListeningAsync(n.Service, n.Instance, seen.Wish, ct)
            ?? DeploymentProblems.NeverReady(n.Service, n.Waited, n.Why is "" ? "its health check did not pass" : n.Why),
        Failure.NotSwitched n => await UnreachableAsync(n, seen, ct),
        Failure.PhaseTooSlow p => DeploymentProblems.PhaseTooSlow(p.Phase, p.Deadline),
        Failure.CanaryWorse c => DeploymentProblems.CanaryAborted(c.Why, c.Counts.New.ToString(), c.Counts.Old.ToString()),
        Failure.CommandFailed c => DeploymentProblems.ReleaseCommandFailed(c.Command, c.ExitCode, await CommandTailAsync(c.Command, seen, ct)),
        Failure.CommandUnknown c => DeploymentProblems.ReleaseCommandUnknown(c.Command),
        Failure.CommandTooSlow c => DeploymentProblems.ReleaseCommandTooSlow(c.Command, c.Deadline),
    };

    private async Task<Problem> EndedAsync(Failure.InstanceEnded ended, Evidence seen, CancellationToken ct)
    {
        var limit = seen.Wish.Find(ended.Service)?.Template.Resources.MemoryBytes;
        if (ended.OutOfMemory || (ended.ExitCode is 137 && limit is not null))
            return DeploymentProblems.OutOfMemory(ended.Service, limit is { } bytes ? $"its limit of {bytes >> 20} MiB" : "there is");

        var output = "";
        if (seen.Have.Instances.FirstOrDefault(i => i.Name == ended.Instance) is { } instance)
        {
            await collector.KeptAsync(seen.Env.Id, instance.Id, instance.Name, LogPatience, ct);
            output = await TailAsync(logs.OfInstance(seen.Env.Id, instance.Id), _ => true, ct);
        }

        if (NotExecutable(ended, seen.Wish, output) is { } refused)
            return refused;
        var missing = MissingVariable().Match(output);
        return missing.Success && missing.Groups["name"].Value is { Length: > 2 } name
            ? DeploymentProblems.MissingVariable(ended.Service, name, output)
            : DeploymentProblems.InstanceExited(ended.Service, ended.ExitCode, ended.Error is "" ? output : $"{ended.Error}\n{output}".Trim());
    }

    /// <summary>What the kernel said of a program that it could not run, where an init or a shim had to start it.</summary>
    private static Problem? NotExecutable(Failure.InstanceEnded ended, Wish wish, string output)
    {
        var said = output.Split('\n').FirstOrDefault(l => l.Contains("exec ", StringComparison.Ordinal)) ?? "";
        return said.Contains("exec format error", StringComparison.OrdinalIgnoreCase)
            ? DriverProblems.ImagePlatform(wish.Find(ended.Service)?.Template.Image ?? ended.Service, "the processor of this node", said)
            : ended.ExitCode is 127 && said.Contains("no such file or directory", StringComparison.OrdinalIgnoreCase)
                ? DriverProblems.CommandNotFound(ended.Instance, said)
                : null;
    }

    private async Task<Problem> UnreachableAsync(Failure.NotSwitched failure, Evidence seen, CancellationToken ct)
    {
        var (wish, refused) = (seen.Wish, seen.Refused);
        var target = refused?.Probes.FirstOrDefault(p => !p.Ready);
        if (refused is null || target is null)
            return refused?.Why ?? DeploymentProblems.ProbeUnanswered(wish.Routes is [var route, ..] ? route.Service : "", $"the edge did not switch within {failure.Waited.TotalSeconds:0} s");

        var path = wish.Find(target.Service)?.Probe.Path ?? "/";
        var last = target.Ring is [.., var newest] ? newest : null;
        return last?.Result switch
        {
            ProbeResult.Redirected => DeploymentProblems.ProbeRedirected(target.Service, path, last.RedirectTarget),
            ProbeResult.WrongStatus or ProbeResult.WrongHost or ProbeResult.WrongBody or ProbeResult.NotServing =>
                DeploymentProblems.ProbeAnswered(target.Service, path, last.Status, last.Body),
            _ => await NotListeningAsync(target.Service, target.Instance, wish, ct)
                ?? DeploymentProblems.ProbeUnanswered(target.Service, last is null ? "it was never asked" : $"{last.Result} after {last.Latency.TotalMilliseconds:0} ms at {target.Endpoint}"),
        };
    }

    /// <summary>Reads the listening sockets of a running instance and compares them with the port that is expected.</summary>
    private async Task<Problem?> NotListeningAsync(string service, string instance, Wish wish, CancellationToken ct)
    {
        if (wish.Find(service)?.Port is not { } port)
            return null;

        ImmutableArray<Drivers.Instances.ListeningSocket>? sockets;
        try
        {
            sockets = await driver.ListeningSocketsAsync(instance, ct);
        }
        catch (ProblemException)
        {
            return null;
        }

        // The engine's own name server listens on loopback in every instance with a network.
        var found = sockets?.Where(s => s.Address is not "127.0.0.11").ToList();
        return found switch
        {
            null => null,
            [] => DeploymentProblems.ListensNowhere(service, port),
            _ when found.Any(s => s.Port == port && !s.IsLoopback) => null,
            _ when found.Any(s => s.Port == port) => DeploymentProblems.ListensOnLoopback(service, port),
            _ => DeploymentProblems.ListensElsewhere(service, port, [.. found.Select(s => s.Port).Distinct().Order()]),
        };
    }

    private Task<string> CommandTailAsync(string command, Evidence seen, CancellationToken ct) =>
        TailAsync(logs.OfDeployment(seen.Env.Id, seen.Deployment), r => r.Stream is "migrating" && r.Text.StartsWith($"{command} | ", StringComparison.Ordinal), ct);

    private async Task<string> TailAsync(LogFile file, Func<LogRecord, bool> isWanted, CancellationToken ct)
    {
        var lines = new Queue<string>();
        await foreach (var record in file.ReadAsync(follow: false, () => true, clock, ct))
        {
            if (!isWanted(record))
                continue;
            lines.Enqueue(record.Text);
            if (lines.Count > QuotedLines)
                lines.Dequeue();
        }

        return string.Join('\n', lines);
    }

    [GeneratedRegex(@"(?i)(missing|required|must be set|not set|undefined|no such)[^\n]{0,60}\b(?<name>[A-Z][A-Z0-9]*_[A-Z0-9_]+)\b|\b(?<name>[A-Z][A-Z0-9]*_[A-Z0-9_]+)\b[^\n]{0,40}(missing|required|must be set|not set|is undefined|is not defined)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex MissingVariable();
}
