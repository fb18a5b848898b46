using System.Globalization;
using System.Net;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Engine.Messages;
using Davit.Drivers.Docker.Files;
using Davit.Drivers.Docker.Hooks;
using Davit.Drivers.Docker.Images;
using Davit.Drivers.Instances;
using Davit.Model;

namespace Davit.Drivers.Docker.Instances;

/// <summary>Starts, stops, removes and waits for containers of ours.</summary>
internal sealed class InstanceLifecycle(EngineClient engine, InstanceReader reader, FileDelivery files, ImageStore images)
{
    private readonly LifecycleHooks _hooks = new(engine, reader);
    private static readonly TimeSpan EnginesGrace = TimeSpan.FromSeconds(10);

    public async Task<InstanceSight> StartAsync(string name, CancellationToken ct)
    {
        var found = await reader.GetOwnAsync(name, ct);
        try
        {
            await engine.RunAsync(EngineCall.Post($"/containers/{found.Id}/start") with { Timeout = TimeSpan.FromMinutes(2) }, ct);
        }
        catch (EngineException refused)
        {
            throw EngineAnswers.ForInstance(name, found.Config.Image, refused);
        }

        if (!InstanceReader.StateOf(found.State).IsRunning)
            await AfterStartAsync(found, ct);
        return InstanceReader.Look(await reader.GetOwnAsync(name, ct)) ?? throw new ProblemException(DriverProblems.InstanceNotFound(name));
    }

    /// <summary>An instance that runs counts as started, so one whose hook failed must not.</summary>
    private async Task AfterStartAsync(ContainerInspect started, CancellationToken ct)
    {
        try
        {
            await _hooks.AfterStartAsync(started, ct);
        }
        catch
        {
            await QuietlyAsync(EngineCall.Post($"/containers/{started.Id}/stop", ("t", "1")), CancellationToken.None);
            throw;
        }
    }

    public async Task StopAsync(string name, TimeSpan? grace, CancellationToken ct)
    {
        if (await reader.FindOwnAsync(name, ct) is not { } found || !InstanceReader.StateOf(found.State).IsRunning)
            return;

        var patience = grace ?? (found.Config.StopTimeout is { } own ? TimeSpan.FromSeconds(own) : EnginesGrace);
        patience = await _hooks.BeforeStopAsync(found, patience, ct);
        var seconds = CreateBody.Seconds(patience).ToString(CultureInfo.InvariantCulture);
        await QuietlyAsync(EngineCall.Post($"/containers/{found.Id}/stop", ("t", seconds)) with { Timeout = patience + TimeSpan.FromSeconds(30) }, ct);
    }

    public async Task SetPausedAsync(string name, bool isPaused, CancellationToken ct)
    {
        if (await DueAsync() is not { } id)
            return;
        try
        {
            await engine.RunAsync(EngineCall.Post($"/containers/{id}/{(isPaused ? "pause" : "unpause")}"), ct);
        }
        catch (EngineException refused)
        {
            // It may have ended, or somebody else was faster; engines answer to that with an error of their own.
            if (await DueAsync() is not null)
                throw new ProblemException(EngineAnswers.ForAnything(refused), refused);
        }

        async Task<string?> DueAsync() => await reader.FindOwnAsync(name, ct) is { } found && InstanceReader.StateOf(found.State) switch
        {
            InstanceState.Running => isPaused,
            InstanceState.Paused => !isPaused,
            _ => false,
        } ? found.Id : null;
    }

    public async Task RemoveAsync(string name, CancellationToken ct)
    {
        var found = await reader.FindAsync(name, ct);
        if (found is not null && !reader.IsOurs(found.Labels))
            return;

        if (found is not null)
        {
            await QuietlyAsync(EngineCall.Delete($"/containers/{found.Id}", ("force", "1"), ("v", "1")) with { Timeout = TimeSpan.FromMinutes(1) }, ct);
            await GoneAsync(found.Id, ct);
            if (found.Config.Image == PreparedImage.TagOf(name))
                await images.RemoveAsync(found.Config.Image, ct);
        }

        files.Forget(name);
    }

    public async Task<InstanceState.Exited?> WaitAsync(string name, CancellationToken ct)
    {
        while (await reader.FindOwnAsync(name, ct) is { } found)
        {
            switch (InstanceReader.StateOf(found.State))
            {
                case InstanceState.Created:
                    return null;
                case InstanceState.Exited:
                    return InstanceReader.StateOf((await new MemoryKills(engine).CorrectAsync(found, isPatient: true, ct)).State) as InstanceState.Exited;
            }

            await QuietlyAsync(EngineCall.Post($"/containers/{found.Id}/wait", ("condition", "not-running")) with { Timeout = Timeout.InfiniteTimeSpan }, ct);
        }

        return null;
    }

    /// <summary>Another removal may be under way; the name is free only when it has ended.</summary>
    private async Task GoneAsync(string id, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), engine.Clock);
        while (await reader.FindAsync(id, ct) is not null)
        {
            if (limit.IsCancellationRequested)
                throw new ProblemException(DriverProblems.RuntimeTimeout("removing a container", TimeSpan.FromSeconds(30)));
            await Task.Delay(TimeSpan.FromMilliseconds(50), engine.Clock, ct);
        }
    }

    /// <summary>What is gone, and what is already being removed, is what we wanted.</summary>
    private async Task QuietlyAsync(EngineCall call, CancellationToken ct)
    {
        try
        {
            if (call.Path.Contains("/wait", StringComparison.Ordinal))
                await engine.ReadAsync(call, EngineJson.Default.WaitReply, ct);
            else
                await engine.RunAsync(call, ct);
        }
        catch (EngineException fine) when (fine.Status is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
        }
        catch (EngineException other)
        {
            throw new ProblemException(EngineAnswers.ForAnything(other), other);
        }
    }
}
