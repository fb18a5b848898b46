using System.Text;
using System.Text.Json;
using Davit.Contracts.Avro.Resolution;
using Davit.Contracts.Avro.Schemas;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Testing;

namespace Davit.Contracts.Tests.Avro;

public sealed class AvroResolutionTests
{
    private const string Tree = """{"type":"record","name":"T","fields":[{"name":"v","type":"VALUE"},{"name":"next","type":["null","T"],"default":null}]}""";

    [Theory]
    [InlineData("\"int\"", "\"long\"", null)]
    [InlineData("\"long\"", "\"int\"", "")]
    [InlineData("\"string\"", "\"bytes\"", null)]
    [InlineData("\"bytes\"", "\"string\"", null)]
    [InlineData("""["null","int"]""", "\"int\"", "")]
    [InlineData("\"int\"", """["null","long"]""", null)]
    [InlineData("""{"type":"enum","name":"E","symbols":["A","B"]}""", """{"type":"enum","name":"E","symbols":["A"]}""", "")]
    [InlineData("""{"type":"enum","name":"E","symbols":["A","B"]}""", """{"type":"enum","name":"E","symbols":["A"],"default":"A"}""", null)]
    [InlineData("""{"type":"fixed","name":"F","size":4}""", """{"type":"fixed","name":"F","size":5}""", "")]
    [InlineData("""{"type":"record","name":"R","fields":[]}""", """{"type":"record","name":"R","fields":[{"name":"a","type":["null","int"],"default":1}]}""", "/a")]
    [InlineData("""{"type":"record","name":"R","fields":[]}""", """{"type":"record","name":"R","fields":[{"name":"a","type":["int","null"],"default":1}]}""", null)]
    [InlineData("""{"type":"record","name":"x.R","fields":[]}""", """{"type":"record","name":"y.R","fields":[]}""", "")]
    [InlineData("""{"type":"record","name":"x.R","fields":[]}""", """{"type":"record","name":"R","namespace":"y","aliases":["x.R"],"fields":[]}""", null)]
    [InlineData("""{"type":"array","items":{"type":"map","values":"string"}}""", """{"type":"array","items":{"type":"map","values":"int"}}""", "/items/values")]
    [InlineData("""{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}""", """{"type":"bytes","logicalType":"decimal","precision":9,"scale":3}""", "")]
    public void A_reader_reads_what_the_specification_resolves(string writer, string reader, string? misfit) =>
        (AvroResolution.Read(Read(writer), Read(reader)) is { Path: var path } ? path : null).ShouldBe(misfit);

    [Fact]
    public void Recursive_types_end()
    {
        var (ints, longs) = (Read(Tree.Replace("VALUE", "int", StringComparison.Ordinal)), Read(Tree.Replace("VALUE", "long", StringComparison.Ordinal)));

        AvroResolution.Read(ints, longs).ShouldBeNull();
        AvroResolution.Read(longs, ints).ShouldNotBeNull().Path.ShouldBe("/v");
    }

    [Fact]
    public void Names_may_be_compared_without_namespaces()
    {
        var (old, @new) = (Read("""{"type":"record","name":"x.R","fields":[]}"""), Read("""{"type":"record","name":"y.R","fields":[]}"""));

        AvroResolution.Read(old, @new).ShouldNotBeNull();
        AvroResolution.Read(old, @new, withNamespaces: false).ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"type":"record","name":"R","fields":[{"name":"a","type":"Unknown"}]}""", UnreadableCodes.Unresolved)]
    [InlineData("""{"type":"record","name":"R","fields":[{"name":"a","type":{"type":"fixed","name":"R","size":1}}]}""", UnreadableCodes.Syntax)]
    [InlineData("""["int",["null"]]""", UnreadableCodes.Syntax)]
    [InlineData("""["int","int"]""", UnreadableCodes.Syntax)]
    [InlineData("""{"type":"enum","name":"E"}""", UnreadableCodes.Syntax)]
    public void What_is_no_schema_is_refused_with_its_place(string schema, string code)
    {
        var refused = Should.Throw<UnreadableException>(() => Read(schema));

        refused.Code.ShouldBe(code);
        refused.At.ShouldNotBeNull();
    }

    [Fact]
    public void Long_chains_of_types_end_in_a_limit()
    {
        var chain = new StringBuilder("[");
        for (var i = 0; i < 5_000; i++)
            chain.Append(System.Globalization.CultureInfo.InvariantCulture, $$"""{"type":"record","name":"R{{i}}","fields":[{"name":"f","type":"{{(i is 0 ? "int" : $"R{i - 1}")}}"}]},""");
        chain.Append("\"null\"]");

        // Branches are judged from the first one on, so the deepest pair is never far away; only the last one alone is.
        AvroResolution.Read(Read(chain.ToString()), Read(chain.ToString())).ShouldBeNull();
        Should.Throw<UnreadableException>(() => AvroResolution.Read(Read(chain.ToString()).Inner[4_999], Read(chain.ToString()).Inner[4_999])).Code.ShouldBe(UnreadableCodes.TooDeep);
    }

    [Fact]
    public void Rules_and_resolution_agree_on_every_case_of_the_corpus()
    {
        var file = Path.Combine(Repository.Corpora ?? "", "contracts", "avro-avsc", "cases.json");
        Assert.SkipUnless(File.Exists(file), "THE CORPUS IS MISSING: avro-avsc is expected in ../shared/corpora/contracts beside the checkout; nothing was checked");
        using var cases = JsonDocument.Parse(File.ReadAllBytes(file));

        foreach (var one in cases.RootElement.EnumerateArray())
        {
            var findings = AvroFormatTests.Findings(one.GetProperty("writer").GetRawText(), one.GetProperty("reader").GetRawText());
            findings.Any(f => f.Severity is Severity.Breaking).ShouldBe(!one.GetProperty("reader_can_read_writer").GetBoolean(), one.GetProperty("name").GetString());
        }
    }

    private static AvroType Read(string schema) => AvroSchemaReader.ReadAll(DocumentReader.Read("schema.avsc", Encoding.UTF8.GetBytes(schema)).Root)[0];
}
