using System.Text;
using Davit.Contracts.Findings;
using Davit.Testing;

namespace Davit.Contracts.Tests.Rules;

/// <summary>Each rule has a page that says what the catalogue says. DAVIT_ACCEPT=1 writes them.</summary>
public sealed class RulePagesTests
{
    private static readonly string Pages = Path.Combine(Repository.Root, "docs", "contracts", "rules");

    [Fact]
    public void Each_rule_has_its_page_and_each_page_its_rule()
    {
        var wanted = RuleCatalog.All.ToDictionary(r => r.Id + ".md", Page, StringComparer.Ordinal);
        wanted["README.md"] = Index();
        if (Environment.GetEnvironmentVariable("DAVIT_ACCEPT") is "1")
            Write(wanted);

        Directory.EnumerateFiles(Pages).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal).ShouldBe(wanted.Keys.Order(StringComparer.Ordinal));
        wanted.Where(w => File.ReadAllText(Path.Combine(Pages, w.Key)) != w.Value).Select(w => w.Key).ShouldBeEmpty("run with DAVIT_ACCEPT=1 and read the diff");
    }

    private static void Write(Dictionary<string, string> wanted)
    {
        Directory.CreateDirectory(Pages);
        foreach (var stale in Directory.EnumerateFiles(Pages).Where(f => !wanted.ContainsKey(Path.GetFileName(f))))
            File.Delete(stale);
        foreach (var (name, text) in wanted)
            File.WriteAllText(Path.Combine(Pages, name), text);
    }

    private static string Page(RuleSpec rule)
    {
        var page = new StringBuilder($"# {rule.Id}\n\n{rule.Purpose} {rule.Why()}\n\n| | |\n|---|---|\n| level | {Word(rule.Severity)} |\n");
        if (rule.Forward is { } forward && forward != rule.Severity)
            page.Append("| level when old readers read new data | ").Append(Word(forward)).Append(" |\n");
        page.Append("| about | ").Append(rule.Side switch { Side.Request => "what consumers send", Side.Response => "what the provider sends", _ => "the contract as a whole" }).Append(" |\n");
        if (rule.Alias is { } alias)
            page.Append("| in ").Append(alias.Checker).Append(" | `").Append(alias.Id).Append("`, ").Append(Word(alias.Level)).Append(" |\n");
        if (rule.Fix() is { Length: > 0 } fix)
            page.Append("\n**What to do.** ").Append(fix).Append('\n');
        return page.ToString();
    }

    private static string Index()
    {
        var page = new StringBuilder($"# Rules\n\n{RuleCatalog.All.Length} rules, one page each; `davit contract rules` lists them too.\n\n| rule | level | finds |\n|---|---|---|\n");
        foreach (var rule in RuleCatalog.All)
            page.Append("| [").Append(rule.Id).Append("](").Append(rule.Id).Append(".md) | ").Append(Word(rule.Severity)).Append(" | ").Append(rule.Purpose).Append(" |\n");
        return page.ToString();
    }

    private static string Word(Severity severity) => severity.ToString().ToLowerInvariant();
}
