using System.Text;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.JsonSchemas.Rules;
using Davit.Contracts.Tests.Rules;

namespace Davit.Contracts.Tests.JsonSchemas;

public sealed class JsonSchemaFormatTests
{
    [Fact]
    public void The_catalogue_is_complete() => Catalogs.ShouldBeComplete([.. JsonSchemaRules.All], "Davit.Contracts.JsonSchemas.Rules", "js");

    [Theory]
    [InlineData("\"maxLength\":5", "\"maxLength\":3", "js-schema-narrowed", Severity.Breaking, Severity.Note)]
    [InlineData("\"maxLength\":3", "\"maxLength\":5", "js-schema-widened", Severity.Note, Severity.Breaking)]
    [InlineData("\"pattern\":\"^a+$\"", "\"pattern\":\"^(a|aa)+$\"", "js-narrowing-undecided", Severity.Warning, Severity.Note)]
    [InlineData("\"format\":\"date\"", "\"format\":\"time\"", "js-format-changed", Severity.Note, Severity.Note)]
    [InlineData("\"contentEncoding\":\"base64\"", "\"contentEncoding\":\"base32\"", "js-content-encoding-changed", Severity.Breaking, Severity.Breaking)]
    [InlineData("\"$id\":\"http://a.example/\"", "\"$id\":\"http://b.example/\"", "js-id-changed", Severity.Note, Severity.Note)]
    public void A_difference_is_found_at_its_level_in_both_directions(string old, string @new, string rule, Severity backward, Severity forward)
    {
        Findings(Text(old), Text(@new), "backward").ShouldHaveSingleItem().ShouldSatisfyAllConditions(f => f.Rule.Id.ShouldBe(rule), f => f.Severity.ShouldBe(backward));
        Findings(Text(old), Text(@new), "forward").ShouldHaveSingleItem().Severity.ShouldBe(forward);
        Findings(Text(old), Text(@new), "full").ShouldHaveSingleItem().Severity.ShouldBe((Severity)Math.Max((int)backward, (int)forward));
    }

    [Fact]
    public void A_finding_says_which_value_is_refused() =>
        Findings("""{"type":"object","properties":{"n":{"type":"integer"}}}""", """{"type":"object","properties":{"n":{"type":"integer","maximum":9}}}""")
            .ShouldHaveSingleItem().Text.ShouldBe("""the new schema refuses {"n":10}, which the old one accepts""");

    [Fact]
    public void Drafts_are_compared_by_what_they_mean() =>
        Findings("""{"$schema":"http://json-schema.org/draft-04/schema#","type":"number","minimum":1,"exclusiveMinimum":true}""", """{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"number","exclusiveMinimum":1}""")
            .ShouldHaveSingleItem().Rule.Id.ShouldBe("js-dialect-changed");

    [Fact]
    public void References_lead_to_other_files_of_the_contract()
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal) { ["a/main.json"] = """{"$ref":"../b.json#/$defs/x"}""", ["b.json"] = """{"$defs":{"x":{"type":"string"}}}""" };
        var old = new ContractSource("a/main.json", path => files.TryGetValue(path, out var text) ? Encoding.UTF8.GetBytes(text) : null);

        Comparison.Of(old, Source("""{"type":"string"}"""), Options("davit")).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void The_lenient_profile_reads_open_objects_as_agreements()
    {
        const string Old = """{"type":"object","properties":{"a":{"type":"string"}}}""";
        const string New = """{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}}}""";

        Findings(Old, New, "registry-strict").ShouldContain(f => f.Rule.Id == "js-schema-narrowed");
        Findings(Old, New, "registry-lenient").ShouldNotContain(f => f.Rule.Id == "js-schema-narrowed");
    }

    [Fact]
    public void An_unknown_dialect_is_no_comparison() =>
        Should.Throw<UnreadableException>(() => Findings("""{"$schema":"urn:other"}""", """{"$schema":"urn:other"}""")).Code.ShouldBe(UnreadableCodes.Version);

    [Theory]
    [InlineData("""{"properties":{"a":{"type":"strin"}}}""")]
    [InlineData("""{"type":["string","nul"]}""")]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"type":"strin"}}}""")]
    public void A_type_that_there_is_not_is_refused_with_its_place(string schema)
    {
        var refused = Should.Throw<UnreadableException>(() => Findings("""{"type":"object"}""", schema));

        refused.Code.ShouldBe(UnreadableCodes.Syntax);
        refused.At.ShouldNotBeNull();
    }

    private static string Text(string keyword) => $$"""{"type":"string",{{keyword}}}""";

    private static System.Collections.Immutable.ImmutableArray<Finding> Findings(string old, string @new, string profile = "davit") => Comparison.Of(Source(old), Source(@new), Options(profile)).Findings;

    private static ComparisonOptions Options(string profile) => new(new DateOnly(2027, 1, 1)) { Profile = profile };

    private static ContractSource Source(string text) => ContractSource.Of("schema.json", Encoding.UTF8.GetBytes(text));
}
