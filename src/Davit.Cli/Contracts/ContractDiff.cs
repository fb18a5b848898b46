using System.CommandLine;
using System.Globalization;
using Davit.Cli.Shell;
using Davit.Contracts;
using Davit.Contracts.Documents;
using Davit.Contracts.Profiles;
using Davit.Contracts.Reports;
using Davit.Model;
using Severity = Davit.Contracts.Findings.Severity;

namespace Davit.Cli.Contracts;

/// <summary><c>davit contract diff OLD NEW</c>: works without a server.</summary>
internal sealed class ContractDiff : Verb
{
    private readonly Argument<string> _old = new("old") { Description = "The contract as it was: a file, git:REVISION:PATH, or - for standard input." };
    private readonly Argument<string> _new = new("new") { Description = "The contract as it is to be." };
    private readonly Option<string> _profile = new("--profile") { Description = $"Whose levels count: {string.Join(", ", Profile.Names)}.", DefaultValueFactory = _ => "davit" };
    private readonly Option<string> _failOn = new("--fail-on") { Description = "Exit with 100 when something is as bad as this: breaking, warning or none.", DefaultValueFactory = _ => "breaking" };
    private readonly Option<string?> _today = new("--today") { Description = "The day that end dates are measured against, such as 2027-01-31; the current one when it is not given." };
    private readonly Option<string> _output = new("--output", "-o") { Description = $"The form of the report: {string.Join(", ", ReportForm.Names)}.", DefaultValueFactory = _ => "text" };

    public ContractDiff() : base("diff", "Tell what a change of a contract breaks, for whom, and where it stands. Works without a server.", "davit contract diff git:main:openapi.yaml openapi.yaml", "davit contract diff old.json new.json -o json")
    {
        Add(_old);
        Add(_new);
        foreach (var option in (Option[])[_profile, _failOn, _today, _output])
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var failing = FailOn(asked.Get(_failOn)!);
        var options = new ComparisonOptions(Today(asked.Get(_today))) { Profile = KnownProfile(asked.Get(_profile)!) };
        var report = await CompareAsync(asked, options, ct);
        Show(asked, report);
        return report.Comparison.Findings.Any(f => f.Severity >= failing) ? ExitCode.ContractBroken : ExitCode.Done;
    }

    private async Task<ContractReport> CompareAsync(Invocation asked, ComparisonOptions options, CancellationToken ct)
    {
        var (old, @new) = (asked.Get(_old)!, asked.Get(_new)!);
        if (old is "-" && @new is "-")
            throw new UsageException(CliProblems.Bad("both sides", "cannot come from standard input", "Name a file for one of them: davit contract diff old.yaml -"));
        try
        {
            var comparison = Comparison.Of(await ContractInput.ReadAsync(old, ct), await ContractInput.ReadAsync(@new, ct), options);
            return new ContractReport(comparison, old, @new, options.Profile);
        }
        catch (UnreadableException unreadable)
        {
            throw new ProblemException(ContractProblems.Unreadable(unreadable.Code, unreadable.Message, unreadable.At?.ToString() ?? ""), unreadable);
        }
    }

    private void Show(Invocation asked, ContractReport report)
    {
        var form = asked.Terminal.IsJson ? "json" : asked.Get(_output)!;
        if (!ReportForm.Names.Contains(form, StringComparer.Ordinal))
            throw new UsageException(CliProblems.Bad($"'{form}'", "is no form of a report", $"Write --output with one of {string.Join(", ", ReportForm.Names)}"));
        asked.Terminal.Raw(ReportForm.Render(form, report));
    }

    private static Severity FailOn(string word) => word switch
    {
        "breaking" => Severity.Breaking,
        "warning" => Severity.Warning,
        "none" => (Severity)int.MaxValue,
        _ => throw new UsageException(CliProblems.Bad($"'{word}'", "is no level to fail on", "Write --fail-on breaking, --fail-on warning or --fail-on none")),
    };

    private static string KnownProfile(string name) => Profile.Find(name) is not null ? name
        : throw new UsageException(CliProblems.Bad($"'{name}'", "is no profile", $"Write --profile {Profile.Names[0]}"));

    private static DateOnly Today(string? text)
    {
        if (text is null)
            return DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
            : throw new UsageException(CliProblems.Bad($"'{text}'", "is no date", "Write --today 2027-01-31"));
    }
}
