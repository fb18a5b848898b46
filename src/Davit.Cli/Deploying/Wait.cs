using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Deploying;

/// <summary><c>davit wait &lt;deployment&gt;</c></summary>
internal sealed class Wait : Verb
{
    private readonly Argument<string> _deployment = new("deployment") { Description = "Its id, number, or the last digits of its id." };
    private readonly Option<int> _timeout = new("--wait-timeout") { Description = "Seconds to wait at most.", DefaultValueFactory = _ => 3600 };

    public Wait() : base("wait", "Wait until a deployment has ended; exit 0 when it is live, 1 when not, 76 when the wait ended first.", "davit wait 14 --wait-timeout 300")
    {
        Add(_deployment);
        Add(_timeout);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var env = await asked.EnvPathAsync(ct);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(asked.Get(_timeout)));
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            var view = await asked.Api.GetAsync($"{env}/deployments/{Invocation.Part(asked.Get(_deployment)!)}", WireJson.Default.DeploymentView, both.Token);
            return await Following.ToEndAsync(asked, env, view, both.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return ExitCode.StillRunning;
        }
    }
}
