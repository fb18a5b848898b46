using System.CommandLine;
using Davit.Cli.Shell;

namespace Davit.Cli.Contracts;

/// <summary><c>davit contract check</c>: all contracts of a repository against an earlier revision. Works without a server.</summary>
internal sealed class ContractCheck : ContractVerb
{
    private readonly Option<string?> _against = new("--against") { Description = "The revision to compare with; where this change left the main branch when it is not given." };
    private readonly Option<string?> _failOn = new("--fail-on") { Description = "Exit with 100 when something is as bad as this: breaking (the default), warning or none." };
    private readonly ReportOutput _output;

    public ContractCheck() : base("check", "Find the contracts of this repository and tell what the working tree breaks in them. Works without a server.", "davit contract check", "davit contract check --against v1.4.0 -o text -o sarif=contracts.sarif")
    {
        Add(_against);
        Add(_failOn);
        _output = new ReportOutput(this);
        AddJudging();
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var wanted = _output.Wanted(asked);
        var repository = Repository.Open();
        var options = Judging(asked, repository.Root);
        var failing = FailOn(Said(asked, _failOn) ?? options.Policy.FailOn ?? "breaking");
        var (report, count, remarks) = await RepositoryComparison.OfAsync(repository, asked.Get(_against), options, ct);
        asked.Terminal.Say($"{count} contract{(count is 1 ? "" : "s")}, {report.Contracts.Length} compared with {report.Against}");
        foreach (var remark in remarks)
            asked.Terminal.Say(remark);
        ReportOutput.Write(asked.Terminal, wanted, report);
        return report.IsAsBadAs(failing) ? ExitCode.ContractBroken : ExitCode.Done;
    }
}
