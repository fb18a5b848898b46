using System.Text.Json;
using Davit.Contracts.AsyncApi.Pointers;
using Davit.Contracts.AsyncApi.Rules;
using Davit.Contracts.Findings;
using Davit.Testing;

namespace Davit.Contracts.Tests.Rules;

public sealed class AsyncApiCatalogTests
{
    private static readonly string Tables = Path.Combine(Repository.Corpora ?? "", "contracts", "asyncapi-diff", "rule_tables.json");

    [Fact]
    public void Every_rule_in_the_assembly_is_listed_exactly_once() => Catalogs.ShouldBeComplete([.. AsyncApiRules.Own], "Davit.Contracts.AsyncApi.Rules", "aas");

    [Fact]
    public void Each_fact_about_schemas_has_one_id_in_payloads_and_one_in_headers()
    {
        MessageSchemaRules.All.Concat(AsyncApiRules.Own).Select(r => r.Id).ShouldBeUnique();
        foreach (var rule in MessageSchemaRules.All)
            rule.Id.ShouldMatch("^aas-(payload|headers)-[a-z0-9]+(-[a-z0-9]+)*$");
    }

    [Theory]
    [InlineData("v2", 148)]
    [InlineData("v3", 120)]
    public void Pointers_have_the_verdicts_of_the_checker_and_none_is_missing(string version, int count)
    {
        Assert.SkipUnless(File.Exists(Tables), "THE CORPUS IS MISSING: asyncapi-diff/rule_tables.json is expected in ../shared/corpora/contracts beside the checkout; nothing was checked");
        using var tables = JsonDocument.Parse(File.ReadAllBytes(Tables));
        var known = tables.RootElement.GetProperty(version).EnumerateObject().ToDictionary(r => r.Name, r => Told(r.Value), StringComparer.Ordinal);

        var ours = (version is "v2" ? PointerTable.OfVersion2 : PointerTable.OfVersion3).Rows.ToDictionary(r => r.Key, r => $"{Word(r.Value.Levels.Added)} {Word(r.Value.Levels.Removed)} {Word(r.Value.Levels.Changed)}", StringComparer.Ordinal);

        ours.Count.ShouldBe(count);
        known.Except(ours).ShouldBeEmpty("these are missing or have another verdict");
        ours.Except(known).ShouldBeEmpty("the checker does not have these");
    }

    private static string Told(JsonElement verdicts) => $"{verdicts.GetProperty("add").GetString()} {verdicts.GetProperty("remove").GetString()} {verdicts.GetProperty("edit").GetString()}";

    private static string Word(Severity? level) => level switch { Severity.Breaking => "breaking", Severity.Note => "non-breaking", _ => "unclassified" };
}
