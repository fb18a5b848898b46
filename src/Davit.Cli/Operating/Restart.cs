using System.CommandLine;
using Davit.Cli.Deploying;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Operating;

/// <summary><c>davit restart [service]</c></summary>
internal sealed class Restart : Verb
{
    private readonly Argument<string?> _service = new("service") { Description = "Only this service; all when left away.", Arity = ArgumentArity.ZeroOrOne };
    private readonly SendOptions _send = new();

    public Restart(string line) : base("restart", "Replace instances by new ones of the same release, without downtime.", $"davit {line} web", $"davit {line} --env staging --no-wait")
    {
        Add(_service);
        _send.AddTo(this);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        _send.Check(asked);
        await asked.AnnounceAsync(ct);
        asked.NamedServices = asked.Get(_service) is { } service ? [service] : [];
        return await _send.SendAsync(asked, await asked.EnvPathAsync(ct), new DeployRequest(new DeploymentSource.Serving(asked.Get(_service) ?? "")), ct);
    }
}

/// <summary><c>davit stop</c> and <c>davit start</c></summary>
internal sealed class Stopping : Verb
{
    private readonly bool _stopped;
    private readonly WaitOptions _waiting = new();

    public Stopping(string name, string description, bool stopped) : base(name, description, $"davit {name} --env staging", $"davit {name} --yes --no-wait")
    {
        _stopped = stopped;
        _waiting.AddTo(this);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        _waiting.Check(asked);
        await asked.AnnounceAsync(ct);
        var env = await asked.EnvPathAsync(ct);
        if (_stopped)
            asked.Confirm("Nobody will be served until it is started again. Go on?");
        var accepted = await asked.Api.PutAsync($"{env}/stopped", new StopRequest(_stopped), (WireJson.Default.StopRequest, WireJson.Default.ReceiptedEnvView), ct);
        if (_waiting.Waits(asked))
            await _waiting.LimitAsync(asked, Work.Change(Name), t => Converging.WaitAsync(asked, env, s => _stopped ? s.Services.All(v => v.Instances.Count is 0) : s.State is "ready", t), ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(accepted, WireJson.Default.ReceiptedEnvView);
        else if (!_waiting.Waits(asked))
            asked.Terminal.Say("accepted; see how far it is with: davit status");
        else
            asked.Terminal.Say(_stopped ? "stopped; volumes and configuration are kept" : "running");
        return ExitCode.Done;
    }
}
