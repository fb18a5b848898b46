using System.Text;
using Davit.Contracts.Avro;
using Davit.Contracts.Avro.Rules;
using Davit.Contracts.Findings;
using Davit.Contracts.Profiles;
using Davit.Contracts.Tests.Rules;

namespace Davit.Contracts.Tests.Avro;

public sealed class AvroFormatTests
{
    [Fact]
    public void The_catalogue_is_complete() => Catalogs.ShouldBeComplete([.. AvroRules.All], "Davit.Contracts.Avro.Rules", "avro");

    [Theory]
    [InlineData("\"int\"", "\"string\"", "avro-type-changed", Severity.Breaking, Severity.Breaking)]
    [InlineData("\"int\"", "\"long\"", "avro-type-promoted", Severity.Note, Severity.Breaking)]
    [InlineData("\"string\"", "\"bytes\"", "avro-type-promoted-text", Severity.Note, Severity.Note)]
    [InlineData("\"int\"", """["null","int"]""", "avro-wrapped-in-union", Severity.Note, Severity.Breaking)]
    [InlineData("\"long\"", """["int","long"]""", "avro-wrapped-in-union-resolved", Severity.Note, Severity.Note)]
    [InlineData("""["null","int"]""", "\"int\"", "avro-unwrapped-from-union", Severity.Breaking, Severity.Note)]
    [InlineData("""["null","int"]""", """["null"]""", "avro-union-branch-removed", Severity.Breaking, Severity.Note)]
    [InlineData("""["null","int"]""", """["null","long","int"]""", "avro-union-branch-added", Severity.Note, Severity.Breaking)]
    [InlineData("""["null","int"]""", """["int","null"]""", "avro-union-reordered", Severity.Note, Severity.Note)]
    [InlineData("""{"type":"enum","name":"E","symbols":["A"]}""", """{"type":"enum","name":"E","symbols":["A","B"]}""", "avro-enum-symbol-added", Severity.Note, Severity.Breaking)]
    [InlineData("""{"type":"enum","name":"E","symbols":["A","B"]}""", """{"type":"enum","name":"E","symbols":["A"]}""", "avro-enum-symbol-removed", Severity.Breaking, Severity.Note)]
    [InlineData("""{"type":"enum","name":"E","symbols":["A","B"]}""", """{"type":"enum","name":"E","symbols":["B","A"]}""", "avro-enum-symbol-reordered", Severity.Note, Severity.Note)]
    [InlineData("""{"type":"fixed","name":"F","size":1}""", """{"type":"fixed","name":"F","size":2}""", "avro-fixed-size-changed", Severity.Breaking, Severity.Breaking)]
    [InlineData("""{"type":"fixed","name":"F","size":1}""", """{"type":"fixed","name":"G","size":1}""", "avro-name-changed", Severity.Breaking, Severity.Breaking)]
    [InlineData("""{"type":"fixed","name":"F","size":1}""", """{"type":"fixed","name":"x.F","size":1}""", "avro-namespace-changed", Severity.Breaking, Severity.Breaking)]
    [InlineData("""{"type":"int","logicalType":"date"}""", "\"int\"", "avro-logical-type-removed", Severity.Warning, Severity.Warning)]
    [InlineData("""{"type":"bytes","logicalType":"decimal","precision":4}""", """{"type":"bytes","logicalType":"decimal","precision":5}""", "avro-decimal-precision-raised", Severity.Note, Severity.Breaking)]
    public void A_difference_is_found_at_its_level_in_both_directions(string old, string @new, string rule, Severity backward, Severity forward)
    {
        Field(old, @new, "backward").ShouldHaveSingleItem().ShouldBe((rule, backward));
        Field(old, @new, "forward").ShouldHaveSingleItem().ShouldBe((rule, forward));
    }

    [Theory]
    [InlineData("", """{"name":"a","type":"int"}""", "avro-field-added-without-default")]
    [InlineData("", """{"name":"a","type":"int","default":"text"}""", "avro-field-added-without-default")]
    [InlineData("", """{"name":"a","type":"int","default":1}""", "avro-field-added-with-default")]
    [InlineData("""{"name":"a","type":"int"}""", "", "avro-field-removed-without-default")]
    [InlineData("""{"name":"a","type":"int","default":1}""", "", "avro-field-removed-with-default")]
    [InlineData("""{"name":"a","type":"int"}""", """{"name":"b","type":"int"}""", "avro-field-renamed")]
    [InlineData("""{"name":"a","type":"int"}""", """{"name":"a","type":"int","default":3}""", "avro-field-default-added")]
    [InlineData("""{"name":"a","type":"int"}""", """{"name":"a","type":"int","order":"ignore"}""", "avro-order-changed")]
    [InlineData("""{"name":"a","type":"int"}""", """{"name":"a","type":"int","doc":"It is a."}""", "avro-doc-changed")]
    public void A_changed_field_is_found(string old, string @new, string rule) =>
        Findings(Record(old), Record(@new)).ShouldHaveSingleItem().Rule.Id.ShouldBe(rule);

    [Fact]
    public void A_field_that_keeps_its_old_name_as_an_alias_is_the_same_field()
    {
        var found = Findings(Record("""{"name":"a","type":"int"}"""), Record("""{"name":"b","aliases":["a"],"type":"int"}"""));

        found.Select(f => f.Rule.Id).ShouldBe(["avro-field-renamed-with-alias", "avro-alias-added"]);
        found.ShouldAllBe(f => f.Severity == Severity.Note && f.Element == "/b");
    }

    [Theory]
    [InlineData("""{"type":"record","name":"R","fields":[]}""")]
    [InlineData("""{"protocol":"P","types":[{"type":"fixed","name":"F","size":1}]}""")]
    public void It_is_known_by_its_content(string text)
    {
        var same = Comparison.Of(Source(text), Source(text), new ComparisonOptions(new DateOnly(2027, 1, 1)));

        same.Format.ShouldBe("avro");
        same.Findings.ShouldBeEmpty();
    }

    internal static List<Finding> Findings(string old, string @new, string profile = "davit") =>
        [.. new AvroFormat().Compare(Source(old), Source(@new), new ComparisonOptions(new DateOnly(2027, 1, 1)), Profile.Find(profile)!)];

    private static IEnumerable<(string Rule, Severity Severity)> Field(string old, string @new, string profile) =>
        Findings(Record($$"""{"name":"a","type":{{old}}}"""), Record($$"""{"name":"a","type":{{@new}}}"""), profile).Select(f => (f.Rule.Id, f.Severity));

    private static string Record(string fields) => $$"""{"type":"record","name":"R","fields":[{{fields}}]}""";

    private static ContractSource Source(string text) => ContractSource.Of("schema.avsc", Encoding.UTF8.GetBytes(text));
}
