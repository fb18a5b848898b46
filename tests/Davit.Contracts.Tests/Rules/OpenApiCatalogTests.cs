using System.Reflection;
using System.Text.Json;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Rules;
using Davit.Contracts.Rules;
using Davit.Testing;

namespace Davit.Contracts.Tests.Rules;

public sealed class OpenApiCatalogTests
{
    private static readonly string Checks = Path.Combine(Repository.Corpora ?? "", "contracts", "oasdiff", "checks.json");

    [Fact]
    public void Every_rule_in_the_assembly_is_listed_exactly_once()
    {
        var written = typeof(OpenApiRules).Assembly.GetTypes().Where(t => t.Namespace?.StartsWith("Davit.Contracts.OpenApi.Rules", StringComparison.Ordinal) is true).SelectMany(Specs);

        OpenApiRules.All.Select(r => r.Id).Order(StringComparer.Ordinal).ShouldBe(written.Select(r => r.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Ids_are_unique_and_every_rule_explains_itself()
    {
        var all = OpenApiRules.All.Concat(VersionRules.All).ToList();

        all.Select(r => r.Id).ShouldBeUnique();
        foreach (var rule in all)
        {
            rule.Id.ShouldMatch("^oas-[a-z0-9]+(-[a-z0-9]+)+$");
            rule.Purpose.ShouldEndWith(".");
        }
    }

    [Fact]
    public void Aliases_have_the_levels_of_the_checker_and_none_is_missing()
    {
        Assert.SkipUnless(File.Exists(Checks), "THE CORPUS IS MISSING: oasdiff/checks.json is expected in ../shared/corpora/contracts beside the checkout; nothing was checked");
        using var checks = JsonDocument.Parse(File.ReadAllBytes(Checks));
        var known = checks.RootElement.EnumerateArray().ToDictionary(c => c.GetProperty("id").GetString()!, c => c.GetProperty("level").GetString()!, StringComparer.Ordinal);

        var ours = OpenApiRules.All.Concat(VersionRules.All).Select(r => r.Alias).OfType<RuleAlias>().Where(a => a.Checker is "oasdiff").ToDictionary(a => a.Id, a => a.Level switch { Severity.Breaking => "error", Severity.Warning => "warning", _ => "info" }, StringComparer.Ordinal);

        known.Except(ours).ShouldBeEmpty("these are missing or have another level");
        ours.Except(known).ShouldBeEmpty("the checker does not have these");
    }

    private static IEnumerable<RuleSpec> Specs(Type type)
    {
        if (type.IsInterface)
            return [];
        if (type.GetProperty("Fact", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) is Fact fact)
            return fact.Specs;
        return type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRule<>))
            ? (System.Collections.Immutable.ImmutableArray<RuleSpec>)type.GetProperty("Specs")!.GetValue(null)!
            : [];
    }
}
