using System.Text;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Engine.Messages;
using Davit.Drivers.Docker.Exec;
using Davit.Drivers.Docker.Instances;
using Davit.Drivers.Exec;
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Drivers.Docker.Hooks;

/// <summary>Runs the author's commands inside a container that was just started, or is about to be stopped.</summary>
internal sealed class LifecycleHooks(EngineClient engine, InstanceReader instances)
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <exception cref="ProblemException">DV3036.</exception>
    public async Task AfterStartAsync(ContainerInspect started, CancellationToken ct)
    {
        foreach (var hook in HookLabel.Read(started.Labels).PostStart)
        {
            if (await FailureOfAsync(started, hook, Longest, ct) is { } why)
                throw new ProblemException(DriverProblems.HookFailed(started.Name.TrimStart('/'), string.Join(' ', hook.Command), why));
        }
    }

    /// <summary>What is left of the grace period.</summary>
    public async Task<TimeSpan> BeforeStopAsync(ContainerInspect running, TimeSpan grace, CancellationToken ct)
    {
        var hooks = HookLabel.Read(running.Labels).PreStop;
        if (hooks.IsEmpty)
            return grace;

        var begun = engine.Clock.GetTimestamp();
        foreach (var hook in hooks)
        {
            var left = grace - engine.Clock.GetElapsedTime(begun);
            if (left > TimeSpan.Zero)
                await FailureOfAsync(running, hook, left, ct);
        }

        var rest = grace - engine.Clock.GetElapsedTime(begun);
        return rest > TimeSpan.FromSeconds(1) ? rest : TimeSpan.FromSeconds(1);
    }

    /// <summary>Null when the command ended well.</summary>
    private async Task<string?> FailureOfAsync(ContainerInspect container, HookSpec hook, TimeSpan patience, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(patience, engine.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        var output = new LastLines();
        try
        {
            var spec = new ExecSpec(hook.Command) { User = hook.User, WorkingDirectory = hook.WorkingDirectory, Environment = hook.Environment, Privileged = hook.Privileged };
            await using var session = await new ExecProcess(engine, instances).StartAsync(container.Name.TrimStart('/'), spec, both.Token);
            var buffer = new byte[8192];
            while (await session.ReadAsync(buffer, both.Token) is { Count: > 0 } read)
                output.Add(Encoding.UTF8.GetString(buffer, 0, read.Count));
            return await session.WaitAsync(both.Token) is not 0 and var code ? $"it ended with {code}\n{output}" : null;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return $"it did not end within {patience.TotalSeconds:0.#} s\n{output}";
        }
        catch (ProblemException refused) when (!refused.Problem.Of.IsRetryable)
        {
            return refused.Problem.Detail;
        }
    }
}

/// <summary>The end of an output of any length.</summary>
internal sealed class LastLines
{
    private const int Lines = 20;
    private const int Letters = 8 * 1024;

    private string _text = "";

    public void Add(string more)
    {
        _text += more;
        _text = _text.Length > Letters ? _text[^Letters..] : _text;
    }

    public override string ToString() => string.Join('\n', _text.TrimEnd('\n').Split('\n').TakeLast(Lines));
}
