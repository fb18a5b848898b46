using System.CommandLine;
using System.Net.WebSockets;
using Davit.Cli.Shell;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Running;

/// <summary><c>davit exec [-it] &lt;service&gt; -- command</c></summary>
internal sealed class Exec : Verb
{
    private readonly Argument<string> _service = new("service") { Description = "The service; a ready instance is chosen." };
    private readonly Argument<string[]> _command = new("command") { Description = "The command and its arguments.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _stdin = new("--stdin", "-i") { Description = "Pass standard input on." };
    private readonly Option<bool> _tty = new("--tty", "-t") { Description = "A terminal in the instance." };
    private readonly Option<string?> _instance = new("--instance") { Description = "This instance, by name or the last digits of its id." };
    private readonly Option<string?> _user = new("--user", "-u") { Description = "As this user of the image." };
    private readonly Option<string?> _directory = new("--workdir", "-w") { Description = "In this directory." };

    public Exec() : base("exec", "Run a command in a running instance; its exit code is passed on, 125 means it never started.", "davit exec -it web -- sh", "davit exec worker --user nobody -- env")
    {
        Add(_service);
        Add(_command);
        foreach (var option in (Option[])[_stdin, _tty, _instance, _user, _directory])
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var tty = asked.Get(_tty);
        if (tty && !asked.Terminal.IsInteractive)
            throw new UsageException(CliProblems.TerminalNeeded());

        asked.NamedServices = [asked.Get(_service)!];
        var grant = await asked.Api.PostAsync($"{await asked.EnvPathAsync(ct)}/exec-sessions", new ExecRequest(asked.Get(_command)!)
        {
            Service = asked.Get(_service)!, Instance = asked.Get(_instance) ?? "", Tty = tty, Stdin = asked.Get(_stdin) || tty, User = asked.Get(_user), WorkingDirectory = asked.Get(_directory),
            Columns = tty ? Console.WindowWidth : 80, Rows = tty ? Console.WindowHeight : 24,
        }, (WireJson.Default.ExecRequest, WireJson.Default.ReceiptedExecGrant), ct);

        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(ExecFrames.Subprotocol);
        if (asked.Api.Authorization is { } authorization)
            socket.Options.SetRequestHeader("Authorization", authorization.ToString());
        var address = new UriBuilder(asked.Api.Base) { Scheme = asked.Api.Base.Scheme is "https" ? "wss" : "ws", Path = $"{asked.OrgPath}/exec-sessions/{grant.Value.Id}" }.Uri;
        await socket.ConnectAsync(address, asked.Api.Invoker, ct);

        using var raw = tty ? RawTerminal.Enter() : null;
        using var session = new ExecSession(socket);
        var exit = await session.RunAsync(asked.Get(_stdin) || tty, tty, ct);
        raw?.Dispose();
        if (exit.Problem is { } problem)
            asked.Terminal.Show(problem.ToProblem());
        return (ExitCode)exit.Code;
    }
}
