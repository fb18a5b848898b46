using System.CommandLine;
using System.Text.Json.Nodes;
using Davit.Cli.Shell;
using Davit.Contracts;
using Davit.Contracts.Findings;
using Davit.Manifest.Suggestions;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Contracts;

/// <summary><c>davit contract rules [ID]</c>: works without a server.</summary>
internal sealed class ContractRules : Verb
{
    private readonly Argument<string?> _id = new("id") { Description = "A rule, by its id or as another checker calls it, such as oasdiff:request-body-removed.", Arity = ArgumentArity.ZeroOrOne };

    public ContractRules() : base("rules", "List the rules that contracts are judged by, or tell about one of them. Works without a server.", "davit contract rules", "davit contract rules oas-request-body-removed") => Add(_id);

    protected override Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        if (asked.Get(_id) is { } id)
            One(asked.Terminal, RuleCatalog.Find(id) ?? throw new ProblemException(CliProblems.UnknownName("rule", id, Suggest.For(id, RuleCatalog.All.Select(r => r.Id)), "davit contract rules")));
        else
            All(asked.Terminal);
        return Task.FromResult(ExitCode.Done);
    }

    private static void All(Terminal terminal)
    {
        if (terminal.IsJson)
            terminal.Document(new JsonObject { ["items"] = new JsonArray([.. RuleCatalog.All.Select(Body)]) }, WireJson.Default.JsonObject);
        foreach (var rule in RuleCatalog.All)
            terminal.Answer($"{Word(rule.Severity),-8}  {rule.Id}");
        terminal.Say($"{RuleCatalog.All.Length} rules for {string.Join(", ", RuleCatalog.Formats)}");
    }

    public static void One(Terminal terminal, RuleSpec rule)
    {
        if (terminal.IsJson)
            terminal.Document(Body(rule), WireJson.Default.JsonObject);
        terminal.Answer(rule.Id);
        terminal.Answer($"  {rule.Purpose}");
        terminal.Answer($"  level  {Word(rule.Severity)}");
        if (rule.Side is not Side.Neither)
            terminal.Answer($"  side   {(rule.Side is Side.Request ? "what consumers send" : "what the provider sends")}");
        if (rule.Alias is { } alias)
            terminal.Answer($"  alias  {alias.Checker}:{alias.Id}, {Word(alias.Level)}");
        terminal.Answer($"  why    {rule.Why()}");
        if (rule.Fix() is not "")
            terminal.Answer($"  fix    {rule.Fix()}");
        terminal.Answer($"  docs   {rule.Docs}");
    }

    private static JsonObject Body(RuleSpec rule) => new()
    {
        ["id"] = rule.Id,
        ["purpose"] = rule.Purpose,
        ["severity"] = Word(rule.Severity),
        ["side"] = rule.Side.ToString().ToLowerInvariant(),
        ["alias"] = rule.Alias is { } alias ? new JsonObject { ["checker"] = alias.Checker, ["id"] = alias.Id, ["level"] = Word(alias.Level) } : null,
        ["why"] = rule.Why(),
        ["fix"] = rule.Fix(),
        ["docs"] = rule.Docs.ToString(),
    };

    private static string Word(Davit.Contracts.Findings.Severity severity) => severity.ToString().ToLowerInvariant();
}
