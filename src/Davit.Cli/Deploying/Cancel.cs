using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Deploying;

/// <summary><c>davit cancel &lt;deployment&gt;</c></summary>
internal sealed class Cancel : Verb
{
    private readonly Argument<string> _deployment = new("deployment") { Description = "Its id, number, or the last digits of its id." };

    public Cancel(string line) : base("cancel", "Stop a deployment that is not live yet; what served before serves on.", $"davit {line} 14", $"davit {line} dep_0190a0 --env staging") => Add(_deployment);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        await asked.AnnounceAsync(ct);
        var env = await asked.EnvPathAsync(ct);
        var receipt = await asked.Api.PostAsync($"{env}/deployments/{Invocation.Part(asked.Get(_deployment)!)}/cancel", WireJson.Default.ReceiptedDeploymentView, ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(receipt, WireJson.Default.ReceiptedDeploymentView);
        else
            asked.Terminal.Say($"asked {receipt.Value.Id} to stop");
        return ExitCode.Done;
    }
}
