using System.CommandLine;
using Davit.Cli.Deploying;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Operating;

/// <summary><c>davit restart [service]</c></summary>
internal sealed class Restart : Verb
{
    private readonly Argument<string?> _service = new("service") { Description = "Only this service; all when left away.", Arity = ArgumentArity.ZeroOrOne };

    public Restart() : base("restart", "Replace instances by new ones of the same release, without downtime.", "davit restart web") => Add(_service);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        await asked.AnnounceAsync(ct);
        return await Sending.SendAsync(asked, await asked.EnvPathAsync(ct), new DeployRequest(new DeploymentSource.Serving(asked.Get(_service) ?? "")), false, ct);
    }
}

/// <summary><c>davit stop</c> and <c>davit start</c></summary>
internal sealed class Stopping(string name, string description, bool stopped) : Verb(name, description, $"davit {name} --env staging")
{
    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        await asked.AnnounceAsync(ct);
        var env = await asked.EnvPathAsync(ct);
        var accepted = await asked.Api.PutAsync($"{env}/stopped", new StopRequest(stopped), (WireJson.Default.StopRequest, WireJson.Default.ReceiptedEnvView), ct);
        await Converging.WaitAsync(asked, env, s => stopped ? s.Services.All(v => v.Instances.Count is 0) : s.State is "ready", ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(accepted, WireJson.Default.ReceiptedEnvView);
        else
            asked.Terminal.Say(stopped ? "stopped; volumes and configuration are kept" : "running");
        return ExitCode.Done;
    }
}
