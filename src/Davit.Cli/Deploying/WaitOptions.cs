using System.CommandLine;
using System.Globalization;
using Davit.Cli.Shell;
using Davit.Model;

namespace Davit.Cli.Deploying;

/// <summary>Whether and how long a verb waits for what it set going.</summary>
internal sealed class WaitOptions
{
    private readonly Option<bool> _wait = new("--wait") { Description = "Wait until it is done; the default." };
    private readonly Option<bool> _noWait = new("--no-wait") { Description = "Return as soon as it is accepted." };
    private readonly Option<string?> _timeout = new("--wait-timeout") { Description = "How long to wait at most, such as 90s or 15m; exit 76 when the work still goes on." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_wait, _noWait, _timeout])
            command.Add(option);
    }

    /// <exception cref="UsageException">The flags contradict each other, or the time is none.</exception>
    public void Check(Invocation asked)
    {
        if (asked.Get(_wait) && asked.Get(_noWait))
            throw new UsageException(CliProblems.Bad("--wait", "contradicts --no-wait", "Leave one of them away."));
        Durations.Of("--wait-timeout", asked.Get(_timeout));
    }

    public bool Waits(Invocation asked) => !asked.Get(_noWait);

    /// <exception cref="ProblemException">DV4512 when the wait ended first.</exception>
    public Task<T> LimitAsync<T>(Invocation asked, Work work, Func<CancellationToken, Task<T>> wait, CancellationToken ct) =>
        LimitAsync(Durations.Of("--wait-timeout", asked.Get(_timeout)), work, wait, ct);

    public static async Task<T> LimitAsync<T>(TimeSpan? limit, Work work, Func<CancellationToken, Task<T>> wait, CancellationToken ct)
    {
        var longest = limit ?? Timeout.InfiniteTimeSpan;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(ct);
        ends.CancelAfter(longest);
        try
        {
            return await wait(ends.Token);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw new StoppedWatchingException(work.Name, work.HowToStop);
        }
        catch (OperationCanceledException)
        {
            throw new ProblemException(CliProblems.Waited(work.Name, string.Create(CultureInfo.InvariantCulture, $"{longest.TotalSeconds:0.###} s"), work.HowToWait));
        }
    }
}

/// <summary>What was set going: its name, how to wait for it once more, and how to stop it.</summary>
internal sealed record Work(string Name, string HowToWait, string HowToStop)
{
    public static Work Deployment(string id) => new(id, $"davit wait {id}", $"Stop it with: davit cancel {id}");

    public static Work Change(string what) => new(what, "davit status", "See how far it is with: davit status");
}
