using System.Text.Json.Nodes;
using Davit.Cli.Shell;
using Davit.Contracts;
using Davit.Contracts.Policies;
using Davit.Model;
using Davit.Wire;
using Severity = Davit.Contracts.Findings.Severity;

namespace Davit.Cli.Contracts;

/// <summary><c>davit contract policy test</c>: the tests that a policy brings along. Works without a server.</summary>
internal sealed class PolicyTests : ContractVerb
{
    public PolicyTests() : base("test", "Run the tests that the policy brings along: pairs of contracts and what must be found in them. Works without a server.", "davit contract policy test", "davit contract policy test --policy strict.yaml") => AddJudging();

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var root = PolicyFiles.Root();
        var options = Judging(asked, root);
        var failed = 0;
        var results = new JsonArray();
        foreach (var test in options.Policy.Tests)
        {
            var differences = await DifferencesAsync(test, root, options, ct);
            failed += differences is [] ? 0 : 1;
            Tell(asked.Terminal, test, differences);
            results.Add(new JsonObject { ["name"] = test.Name, ["passed"] = differences is [], ["differences"] = new JsonArray([.. differences.Select(d => JsonValue.Create(d))]) });
        }

        asked.Terminal.Say($"{options.Policy.Tests.Length - failed} passed, {failed} failed");
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(new JsonObject { ["tests"] = results }, WireJson.Default.JsonObject);
        return failed is 0 ? ExitCode.Done : throw new ProblemException(ContractProblems.PolicyTestFailed(failed, options.Policy.Tests.Length));
    }

    /// <summary>What is expected and not found, what is found and not expected, or why nothing could be compared.</summary>
    private static async Task<List<string>> DifferencesAsync(PolicyTest test, string root, ComparisonOptions options, CancellationToken ct)
    {
        try
        {
            var report = await CompareAsync(Path.Combine(root, test.Old), Path.Combine(root, test.New), options, ct);
            var found = report.Comparison.Findings.Where(f => f.Waiver is null).Select(f => $"{Word(f.Severity)} {f.Rule.Id}").ToList();
            return [.. Missing(test.Expects, found).Select(e => $"- {e}"), .. Missing(found, test.Expects).Select(e => $"+ {e}")];
        }
        catch (ProblemException unread)
        {
            return [$"! {unread.Problem.Code} {unread.Problem.Detail}"];
        }
    }

    private static void Tell(Terminal terminal, PolicyTest test, List<string> differences)
    {
        terminal.Answer($"{(differences is [] ? "passed" : "failed")}  {test.Name}");
        foreach (var difference in differences)
            terminal.Answer($"        {difference}");
    }

    /// <summary>What of the first the second lacks, each as often as it is missing.</summary>
    private static IEnumerable<string> Missing(IEnumerable<string> of, IEnumerable<string> from)
    {
        var left = from.CountBy(e => e, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return of.Order(StringComparer.Ordinal).Where(e => (left[e] = left.GetValueOrDefault(e) - 1) < 0);
    }

    private static string Word(Severity severity) => severity.ToString().ToLowerInvariant();
}
