using System.CommandLine;
using Davit.Cli.Deploying;
using Davit.Cli.Shell;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Configuring;

/// <summary>Brings a change of configuration to what runs: the release that serves is deployed again, and takes what is set now.</summary>
internal sealed class ConfigDeploy
{
    private readonly Option<bool> _deploy = new("--deploy") { Description = "Deploy the release that serves again, so that its services get it; otherwise the next deployment brings it." };
    private readonly WaitOptions _waiting = new();

    public void AddTo(Command command)
    {
        command.Add(_deploy);
        _waiting.AddTo(command);
    }

    /// <summary>Before anything is changed.</summary>
    /// <exception cref="UsageException">It cannot be deployed because of one place alone.</exception>
    public void Check(Invocation asked, PlaceOptions place)
    {
        _waiting.Check(asked);
        if (asked.Get(_deploy) && !place.IsEnv(asked))
            throw new UsageException(CliProblems.Bad("--deploy", "is for one environment; what is set for several is deployed in each", "Deploy each: davit deploy --env ENV"));
    }

    /// <returns>Whether there is nothing more to do.</returns>
    public async Task<ExitCode> RunAsync(Invocation asked, string what, CancellationToken ct)
    {
        if (!asked.Get(_deploy))
            return ExitCode.Done;
        var env = await asked.EnvPathAsync(ct);
        var status = await asked.Api.GetAsync($"{env}/status", WireJson.Default.StatusView, ct);
        if (status.Release is not { } release)
            return ExitCode.Done;
        var accepted = await asked.Api.PostAsync($"{env}/deployments", new DeployRequest(new DeploymentSource.Release(release)) { Reason = what }, (WireJson.Default.DeployRequest, WireJson.Default.ReceiptedDeploymentView), ct);
        return _waiting.Waits(asked) ? await _waiting.LimitAsync(asked, Work.Deployment(accepted.Value.Id), t => Following.ToEndAsync(asked, env, accepted.Value, t), ct) : Said(asked, accepted.Value.Id);
    }

    private static ExitCode Said(Invocation asked, string id)
    {
        asked.Terminal.Say($"deploying: davit wait {id}");
        return ExitCode.Done;
    }

    /// <summary>Whether a deployment follows, whose document is then the answer.</summary>
    public bool Follows(Invocation asked) => asked.Get(_deploy) && _waiting.Waits(asked);
}
