using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Contracts;
using Davit.Contracts.Reports;
using Davit.Manifest.Suggestions;
using Davit.Model;

namespace Davit.Cli.Contracts;

/// <summary><c>davit contract explain FINGERPRINT|RULE</c>: works without a server.</summary>
internal sealed class ContractExplain : ContractVerb
{
    private readonly Argument<string> _what = new("what") { Description = "The fingerprint of a finding, or a rule." };
    private readonly FindingSearch _search;

    public ContractExplain() : base("explain", "Tell all about a finding: both sides, the proof, who is hit, what to do instead. Works without a server.", "davit contract explain 0f3a9c21b4d57e68", "davit contract explain oas-request-body-removed")
    {
        Add(_what);
        _search = new FindingSearch(this);
        AddJudging();
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var what = asked.Get(_what)!;
        if (RuleCatalog.Find(what) is { } rule)
        {
            ContractRules.One(asked.Terminal, rule);
            return ExitCode.Done;
        }

        if (what.Length is not 16 || !what.All(char.IsAsciiHexDigitLower))
            throw new ProblemException(CliProblems.UnknownName("rule", what, Suggest.For(what, RuleCatalog.All.Select(r => r.Id)), "davit contract rules"));
        var report = await _search.ReportAsync(asked, Judging(asked, _search.Root(asked)), CompareAsync, ct);
        var finding = FindingSearch.Find(report, what);
        if (asked.Terminal.IsJson)
            asked.Terminal.Raw(JsonReport.Text(finding));
        foreach (var line in Explanation.Lines(finding))
            asked.Terminal.Answer(line);
        return ExitCode.Done;
    }
}
