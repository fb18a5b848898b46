using System.Globalization;
using System.Net;
using System.Text;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Engine.Messages;
using Davit.Drivers.Docker.Instances;
using Davit.Drivers.Exec;
using Davit.Model;

namespace Davit.Drivers.Docker.Exec;

/// <summary>Starts processes in containers.</summary>
internal sealed class ExecProcess(EngineClient engine, InstanceReader instances)
{
    /// <summary>Keys that end a terminal session in the engine; nobody types these eight in a row.</summary>
    private const string NoDetachKeys = "ctrl-^,ctrl-_,ctrl-^,ctrl-_,ctrl-^,ctrl-_,ctrl-^,ctrl-_";

    public async Task<IExecSession> StartAsync(string name, ExecSpec spec, CancellationToken ct)
    {
        var found = await instances.GetOwnAsync(name, ct);
        if (found.State.Status is not "running")
            throw new ProblemException(DriverProblems.InstanceNotRunning(name, InstanceReader.StateOf(found.State).ToString()));

        try
        {
            var body = ToMessage(spec);
            var made = await engine.ReadAsync(EngineCall.Post($"/containers/{found.Id}/exec").WithJson(body, EngineJson.Default.ExecCreate), EngineJson.Default.Created, ct);
            var connection = await engine.HijackAsync(
                EngineCall.Post($"/exec/{made.Id}/start").WithJson(new(Detach: false, body.Tty), EngineJson.Default.ExecStart), ct);
            var session = new ExecSession(new(found.Id, made.Id), engine, connection, body.Tty);
            return await BegunAsync(name, session, made.Id, spec, ct);
        }
        catch (EngineException refused) when (refused.Status is HttpStatusCode.Conflict)
        {
            throw new ProblemException(DriverProblems.InstanceNotRunning(name, refused.Answer), refused);
        }
        catch (EngineException refused)
        {
            throw EngineAnswers.ForInstance(name, found.Config.Image, refused);
        }
    }

    public static Task<ExecInspect> InspectAsync(EngineClient engine, string execId, CancellationToken ct) =>
        engine.ReadAsync(EngineCall.Get($"/exec/{execId}/json"), EngineJson.Default.ExecInspect, ct);

    /// <summary>A session that just ended has no size any more; that is no error.</summary>
    public static async Task ResizeAsync(EngineClient engine, string execId, TerminalSize size, CancellationToken ct)
    {
        try
        {
            await engine.RunAsync(
                EngineCall.Post(
                    $"/exec/{execId}/resize",
                    ("h", size.Rows.ToString(CultureInfo.InvariantCulture)),
                    ("w", size.Columns.ToString(CultureInfo.InvariantCulture))),
                ct);
        }
        catch (EngineException)
        {
            if ((await InspectAsync(engine, execId, ct)).Running)
                throw;
        }
    }

    /// <summary>
    /// The engine upgrades the connection before it starts the process and writes a refusal into the stream, so whether
    /// the process began is asked for: one that did has a process id.
    /// </summary>
    private async Task<IExecSession> BegunAsync(string name, ExecSession session, string execId, ExecSpec spec, CancellationToken ct)
    {
        try
        {
            var state = await InspectAsync(engine, execId, ct);
            while (state is { Pid: 0, ExitCode: null })
            {
                await Task.Delay(TimeSpan.FromMilliseconds(2), engine.Clock, ct);
                state = await InspectAsync(engine, execId, ct);
            }

            if (state is { Pid: 0, ExitCode: not 0 })
                throw await RefusedAsync(name, session, ct);
            if (spec.Terminal is { } size)
                await session.ResizeAsync(size, ct);
            if (!spec.Stdin)
                await session.CloseInputAsync(ct);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    private static async Task<ProblemException> RefusedAsync(string name, ExecSession session, CancellationToken ct)
    {
        var buffer = new byte[8192];
        var text = Encoding.UTF8.GetString(buffer, 0, (await session.ReadAsync(buffer, ct)).Count).Trim();
        return new(EngineMessages.Read(text) switch
        {
            Refusal.PermissionDenied => DriverProblems.PermissionDenied(name, text),
            Refusal.CommandNotFound => DriverProblems.CommandNotFound(name, text),
            _ => DriverProblems.CreateRefused(name, text),
        });
    }

    private static ExecCreate ToMessage(ExecSpec spec) => new()
    {
        Cmd = spec.Command.Items,
        AttachStdin = spec.Stdin,
        AttachStderr = spec.Terminal is null,
        Tty = spec.Terminal is not null,
        DetachKeys = NoDetachKeys,
        User = spec.User,
        WorkingDir = spec.WorkingDirectory,
        Privileged = spec.Privileged ? true : null,
        Env = Lists.OrNull([.. spec.Environment.Entries.Select(e => $"{e.Key}={e.Value}")]),
    };
}
