using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Contracts.Reports;
using Davit.Model;

namespace Davit.Cli.Contracts;

/// <summary><c>davit contract changelog OLD NEW</c>: works without a server.</summary>
internal sealed class ContractChangelog : ContractVerb
{
    private readonly Argument<string> _old = new("old") { Description = "The contract as it was: a file, git:REVISION:PATH, or - for standard input." };
    private readonly Argument<string> _new = new("new") { Description = "The contract as it is." };
    private readonly Option<string> _output = new("--output", "-o") { Description = "The form: text, markdown or json.", DefaultValueFactory = _ => "text" };

    public ContractChangelog() : base("changelog", "Tell users of a contract what changed, and what its version must say. Works without a server.", "davit contract changelog old.yaml new.yaml", "davit contract changelog git:v1.4.0:openapi.yaml openapi.yaml -o markdown")
    {
        Add(_old);
        Add(_new);
        Add(_output);
        AddJudging();
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var form = asked.Terminal.IsJson ? "json" : asked.Get(_output)!;
        if (form is not ("text" or "markdown" or "json"))
            throw new UsageException(CliProblems.Bad($"'{form}'", "is no form of a change log", "Write --output text, --output markdown or --output json"));
        var report = await CompareAsync(asked.Get(_old)!, asked.Get(_new)!, Judging(asked, PolicyFiles.Root()), ct);
        asked.Terminal.Raw(form is "json" ? ReportForm.Render("json", ReportSet.Of(report)) : Changelog.Text(report, form is "markdown"));
        return ExitCode.Done;
    }
}
