using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Deploying;

/// <summary>What every verb that begins a deployment has: a reason, a rehearsal, and whether to wait.</summary>
internal sealed class SendOptions
{
    private readonly Option<string?> _reason = new("--reason") { Description = "Kept with the deployment and its receipt." };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show the plan and change nothing." };
    private readonly WaitOptions _waiting = new();

    public void AddTo(Command command)
    {
        command.Add(_reason);
        command.Add(_dryRun);
        _waiting.AddTo(command);
    }

    public bool IsDry(Invocation asked) => asked.Get(_dryRun);

    /// <summary>Before anything is sent.</summary>
    /// <exception cref="UsageException">The flags contradict each other.</exception>
    public void Check(Invocation asked) => _waiting.Check(asked);

    /// <summary>Hands a wish to deploy to the server and follows it.</summary>
    public async Task<ExitCode> SendAsync(Invocation asked, string env, DeployRequest request, CancellationToken ct)
    {
        if (IsDry(asked))
            return await Plan.ShowAsync(asked, env, request.Source, ct);

        var accepted = await asked.Api.PostAsync(
            $"{env}/deployments", request with { Reason = asked.Get(_reason) ?? "" }, (WireJson.Default.DeployRequest, WireJson.Default.ReceiptedDeploymentView), ct);
        if (_waiting.Waits(asked))
            return await _waiting.LimitAsync(asked, Work.Deployment(accepted.Value.Id), t => Following.ToEndAsync(asked, env, accepted.Value, t), ct);

        if (asked.Terminal.IsJson)
            asked.Terminal.Document(accepted, WireJson.Default.ReceiptedDeploymentView);
        else
            asked.Terminal.Answer(accepted.Value.Id);
        return ExitCode.Done;
    }
}
