using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Contracts;
using Davit.Contracts.Reports;
using Davit.Model;

namespace Davit.Cli.Contracts;

/// <summary><c>davit contract diff OLD NEW</c>: works without a server.</summary>
internal sealed class ContractDiff : ContractVerb
{
    private readonly Argument<string> _old = new("old") { Description = "The contract as it was: a file, a directory, git:REVISION:PATH, or - for standard input." };
    private readonly Argument<string> _new = new("new") { Description = "The contract as it is to be." };
    private readonly Option<string?> _format = new("--format") { Description = $"What the contracts are, when they do not tell: {string.Join(", ", ContractKind.Names)}." };
    private readonly Option<string?> _failOn = new("--fail-on") { Description = "Exit with 100 when something is as bad as this: breaking (the default), warning or none." };
    private readonly ReportOutput _output;

    public ContractDiff() : base("diff", "Tell what a change of a contract breaks, for whom, and where it stands. Works without a server.", "davit contract diff git:main:openapi.yaml openapi.yaml", "davit contract diff old.json new.json -o json")
    {
        Add(_old);
        Add(_new);
        Add(_format);
        Add(_failOn);
        _output = new ReportOutput(this);
        AddJudging();
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var wanted = _output.Wanted(asked);
        var options = Judging(asked, PolicyFiles.Root()) with { Format = KnownFormat(asked.Get(_format)) };
        var failing = FailOn(Said(asked, _failOn) ?? options.Policy.FailOn ?? "breaking");
        var (old, @new) = (asked.Get(_old)!, asked.Get(_new)!);
        var report = DirectoryComparison.Takes(old, @new) ? await DirectoryComparison.OfAsync(old, @new, options, ct) : ReportSet.Of(await CompareAsync(old, @new, options, ct));
        ReportOutput.Write(asked.Terminal, wanted, report);
        return report.IsAsBadAs(failing) ? ExitCode.ContractBroken : ExitCode.Done;
    }

    private static string? KnownFormat(string? name) => name is null || ContractKind.Names.Contains(name, StringComparer.Ordinal) ? name
        : throw new UsageException(CliProblems.Bad($"'{name}'", "is no format", $"Write --format {ContractKind.Names[0]}"));
}
