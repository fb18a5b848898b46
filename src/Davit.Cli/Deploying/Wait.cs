using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Deploying;

/// <summary><c>davit wait &lt;deployment&gt;</c></summary>
internal sealed class Wait : Verb
{
    private readonly Argument<string> _deployment = new("deployment") { Description = "Its id, number, or the last digits of its id." };
    private readonly Option<string> _timeout = new("--wait-timeout") { Description = "How long to wait at most, such as 90s or 15m.", DefaultValueFactory = _ => "1h" };

    public Wait(string line) : base(
        "wait", "Wait until a deployment has ended; exit 0 when it is live, 1 when not, 76 when the wait ended first.", $"davit {line} 14 --wait-timeout 5m", $"davit {line} dep_0190a0 --env staging --json")
    {
        Add(_deployment);
        Add(_timeout);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var limit = Durations.Of("--wait-timeout", asked.Get(_timeout));
        var env = await asked.EnvPathAsync(ct);
        var view = await asked.Api.GetAsync($"{env}/deployments/{Invocation.Part(asked.Get(_deployment)!)}", WireJson.Default.DeploymentView, ct);
        return await WaitOptions.LimitAsync(limit, Work.Deployment(view.Id), t => Following.ToEndAsync(asked, env, view, t), ct);
    }
}
