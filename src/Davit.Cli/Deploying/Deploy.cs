using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Deploying;

/// <summary><c>davit deploy [directory]</c></summary>
internal class Deploy : Verb
{
    private readonly SourceOptions _source = new();
    private readonly Option<string?> _plan = new("--plan") { Description = "Refuse unless the plan still has this hash." };
    private readonly Option<bool> _force = new("--force") { Description = "Replace instances even where nothing changed." };
    private readonly Option<bool> _noWait = new("--no-wait") { Description = "Return as soon as it is accepted." };
    private readonly Option<string?> _reason = new("--reason") { Description = "Kept with the deployment and its receipt." };

    public Deploy() : this("deploy", "Bring a change into an environment, without downtime, or leave everything as it was.", "davit deploy --env production")
    {
    }

    protected Deploy(string name, string description, string example) : base(name, description, example)
    {
        _source.AddTo(this);
        foreach (var option in (Option[])[_plan, _force, _noWait, _reason])
            Add(option);
    }

    protected SourceOptions Source => _source;

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        await asked.AnnounceAsync(ct);
        var env = await asked.EnvPathAsync(ct);
        var source = await _source.ResolveAsync(asked, ct);
        var request = new DeployRequest(source) { Plan = asked.Get(_plan), Force = asked.Get(_force), Reason = asked.Get(_reason) ?? "" };
        return await Sending.SendAsync(asked, env, request, asked.Get(_noWait), ct);
    }
}

/// <summary>Hands a wish to deploy to the server and follows it.</summary>
internal static class Sending
{
    public static async Task<ExitCode> SendAsync(Invocation asked, string env, DeployRequest request, bool noWait, CancellationToken ct)
    {
        var accepted = await asked.Api.PostAsync($"{env}/deployments", request, (WireJson.Default.DeployRequest, WireJson.Default.ReceiptedDeploymentView), ct);
        if (!noWait)
            return await Following.ToEndAsync(asked, env, accepted.Value, ct);

        if (asked.Terminal.IsJson)
            asked.Terminal.Document(accepted, WireJson.Default.ReceiptedDeploymentView);
        else
            asked.Terminal.Answer(accepted.Value.Id);
        return ExitCode.Done;
    }
}
