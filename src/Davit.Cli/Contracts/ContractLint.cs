using System.Collections.Immutable;
using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Contracts;
using Davit.Contracts.Documents;
using Davit.Contracts.Reports;
using Davit.Model;
using Severity = Davit.Contracts.Findings.Severity;

namespace Davit.Cli.Contracts;

/// <summary><c>davit contract lint FILE…</c>: works without a server.</summary>
internal sealed class ContractLint : ContractVerb
{
    /// <summary>What files of other formats are called, which would have to be compiled or are neither JSON nor YAML.</summary>
    private static readonly string[] Others = [".proto", ".graphql", ".graphqls", ".gql"];

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
        var judged = ImmutableArray.CreateBuilder<ContractReport>();
        foreach (var file in files)
        {
            if (await JudgeAsync(file, options, ct) is { } one)
                judged.Add(one);
            else if (files is not [_])
                asked.Terminal.Log($"'{file}' is no OpenAPI document and is passed over");
        }

        if (judged is [])
            throw new ProblemException(NothingToJudge(files));
        var report = new ReportSet(judged.ToImmutable(), "");
        ReportOutput.Write(asked.Terminal, wanted, report);
        return report.IsAsBadAs(failing) ? ExitCode.ContractBroken : ExitCode.Done;
    }

    /// <returns>Null when it is no OpenAPI document, as files are that only others refer to.</returns>
    private static async Task<ContractReport?> JudgeAsync(string file, ComparisonOptions options, CancellationToken ct)
    {
        if (Others.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            return null;
        var source = await ContractInput.ReadAsync(file, ct);
        return Readable(() => Judge(file, source, options));
    }

    private static ContractReport? Judge(string file, ContractSource source, ComparisonOptions options)
    {
        try
        {
            return new ContractReport(new Comparison("openapi", ContractLinting.Of(source, options)), "", file, options.Profile);
        }
        catch (UnreadableException other) when (other.Code is UnreadableCodes.Format)
        {
            return null;
        }
    }

    private static Problem NothingToJudge(string[] files)
    {
        var which = files is [var one] ? $"'{one}' is no OpenAPI document" : "none of the files is an OpenAPI document";
        return ContractProblems.Unreadable(UnreadableCodes.Format, $"{which}; lint reads OpenAPI documents only", "") with { Hint = "Name an OpenAPI document: davit contract lint openapi.yaml" };
    }

    /// <summary>What breaks a consumer elsewhere is an error of the document here.</summary>
    private static Severity FailOnLevel(string word) => word switch
    {
        "error" => Severity.Breaking,
        "note" => Severity.Note,
        "breaking" or "warning" or "none" => FailOn(word),
        _ => throw new UsageException(CliProblems.Bad($"'{word}'", "is no level to fail on", "Write --fail-on error, --fail-on warning, --fail-on note or --fail-on none")),
    };
}
