using System.Collections.Immutable;
using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Contracts;
using Davit.Contracts.Findings;
using Davit.Contracts.Reports;
using Davit.Model;
using Severity = Davit.Contracts.Findings.Severity;

namespace Davit.Cli.Contracts;

/// <summary><c>davit contract lint FILE…</c>: works without a server.</summary>
internal sealed class ContractLint : ContractVerb
{
    private readonly Argument<string[]> _files = new("file") { Description = "OpenAPI documents: files, git:REVISION:PATH, or - for standard input.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _failOn = new("--fail-on") { Description = "Exit with 100 when something is as bad as this: error (the default), warning, note or none." };
    private readonly ReportOutput _output;

    public ContractLint() : base("lint", "Tell what is wrong with a contract by itself. Works without a server.", "davit contract lint openapi.yaml", "davit contract lint api/*.yaml --fail-on warning -o sarif")
    {
        Add(_files);
        Add(_failOn);
        _output = new ReportOutput(this);
        AddJudging();
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var wanted = _output.Wanted(asked);
        var options = Judging(asked, Environment.CurrentDirectory);
        if (!ContractLinting.Profiles.Contains(options.Profile, StringComparer.Ordinal))
            throw new UsageException(CliProblems.Bad($"'{options.Profile}'", "is no profile with rules about one document", $"Write --profile with one of {string.Join(", ", ContractLinting.Profiles)}"));
        var failing = FailOnLevel(Said(asked, _failOn) ?? options.Policy.FailOn ?? "error");
        var files = asked.Get(_files)!;
        var findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (var file in files)
        {
            var source = await ContractInput.ReadAsync(file, ct);
            findings.AddRange(Readable(() => ContractLinting.Of(source, options)));
        }

        var report = ReportSet.Of(new ContractReport(new Comparison("openapi", findings.ToImmutable()), "", string.Join(", ", files), options.Profile));
        ReportOutput.Write(asked.Terminal, wanted, report);
        return report.IsAsBadAs(failing) ? ExitCode.ContractBroken : ExitCode.Done;
    }

    /// <summary>What breaks a consumer elsewhere is an error of the document here.</summary>
    private static Severity FailOnLevel(string word) => word switch
    {
        "error" => Severity.Breaking,
        "note" => Severity.Note,
        _ => FailOn(word),
    };
}
