using System.Text;
using Davit.Contracts.Documents;
using Davit.Contracts.JsonSchemas;
using Davit.Contracts.JsonSchemas.Deciding;
using Davit.Contracts.JsonSchemas.Schemas;

namespace Davit.Contracts.Tests.JsonSchemas;

public sealed class SchemaSubsetTests
{
    private const string Tree = """{"$defs":{"t":{"type":"object","properties":{"v":{"type":"VALUE"},"next":{"$ref":"#/$defs/t"}},"additionalProperties":false}},"$ref":"#/$defs/t"}""";

    [Theory]
    [InlineData("""{"type":"integer"}""", """{"type":"number"}""")]
    [InlineData("""{"type":"integer","minimum":1,"maximum":5}""", """{"enum":[5,4,3,2,1]}""")]
    [InlineData("""{"multipleOf":6,"type":"number"}""", """{"multipleOf":3}""")]
    [InlineData("""{"type":"integer","exclusiveMinimum":1,"exclusiveMaximum":2}""", "false")]
    [InlineData("""{"enum":["a",1]}""", """{"type":["string","integer"]}""")]
    [InlineData("""{"oneOf":[{"type":"string"},{"type":"integer"}]}""", """{"anyOf":[{"type":"string"},{"type":"number"}]}""")]
    [InlineData("""{"anyOf":[{"type":"string","maxLength":3},{"type":"null"}]}""", """{"type":["null","string"],"maxLength":4}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"],"additionalProperties":false}""", """{"properties":{"a":{"type":"number"}},"minProperties":1,"maxProperties":1}""")]
    [InlineData("""{"type":"object","patternProperties":{"^x":{"type":"integer"}}}""", """{"patternProperties":{"^x":{"type":"number"}}}""")]
    [InlineData("""{"type":"array","prefixItems":[{"type":"string"}],"items":false}""", """{"type":"array","maxItems":1,"items":{"type":"string"}}""")]
    [InlineData("""{"type":"array","contains":{"const":1}}""", """{"minItems":1}""")]
    [InlineData("""{"if":{"type":"string"},"then":{"maxLength":2},"else":{"type":"null"}}""", """{"type":["string","null"],"maxLength":2}""")]
    [InlineData("""{"not":{"type":"string"}}""", """{"minLength":5}""")]
    [InlineData("""{"type":"object","required":["a"],"dependentRequired":{"a":["b"]}}""", """{"required":["b"]}""")]
    [InlineData("""{"type":"object","properties":{"next":{"$ref":"#"}},"required":["next"]}""", "false")]
    public void What_accepts_less_is_proven_safe(string inner, string outer) => Decide(inner, outer).ShouldBeOfType<SubsetVerdict.ProvenSafe>();

    [Theory]
    [InlineData("""{"type":"number"}""", """{"type":"integer"}""")]
    [InlineData("""{"type":"string"}""", """{"type":"string","maxLength":3}""")]
    [InlineData("""{"type":"string","pattern":"^[a-z]+-[0-9]{3}$"}""", """{"type":"string","maxLength":4}""")]
    [InlineData("""{"type":"object"}""", """{"type":"object","required":["a"]}""")]
    [InlineData("""{"type":"object","minProperties":5}""", """{"minProperties":6}""")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"string"}}""", """{"properties":{"a":{"type":"integer"}}}""")]
    [InlineData("""{"patternProperties":{"^S_":{"type":"string"}}}""", """{"patternProperties":{"^S_":{"type":"number"}}}""")]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", """{"uniqueItems":true}""")]
    [InlineData("""{"type":"array"}""", """{"contains":{"const":1}}""")]
    [InlineData("""{"anyOf":[{"multipleOf":2},{"multipleOf":3}],"type":"integer"}""", """{"oneOf":[{"multipleOf":2},{"multipleOf":3}]}""")]
    [InlineData("""{"type":"object"}""", """{"propertyNames":{"maxLength":3}}""")]
    [InlineData("""{"type":"object","unevaluatedProperties":false,"allOf":[{"properties":{"a":true}}]}""", """{"properties":{"a":{"type":"string"}}}""")]
    [InlineData("true", """{"dependentRequired":{"a":["b"]}}""")]
    public void What_accepts_more_is_proven_breaking_by_a_value(string inner, string outer) => Decide(inner, outer).ShouldBeOfType<SubsetVerdict.ProvenBreaking>();

    [Theory]
    [InlineData("""{"type":"string","pattern":"^a+$"}""", """{"type":"string","pattern":"^a*$"}""")]
    [InlineData("""{"type":"string"}""", """{"$ref":"http://elsewhere.example/schema"}""")]
    public void What_is_neither_is_undecided(string inner, string outer) => Decide(inner, outer).ShouldBeOfType<SubsetVerdict.Undecided>().Reason.ShouldNotBeEmpty();

    [Fact]
    public void Recursive_schemas_are_decided()
    {
        var (integers, numbers) = (Tree.Replace("VALUE", "integer", StringComparison.Ordinal), Tree.Replace("VALUE", "number", StringComparison.Ordinal));

        Decide(integers, numbers).ShouldBeOfType<SubsetVerdict.ProvenSafe>();
        Decide(numbers, integers).ShouldBeOfType<SubsetVerdict.ProvenBreaking>().Witness.ToString().ShouldContain("\"v\":");
    }

    [Fact]
    public void An_open_object_is_an_agreement_only_in_the_lenient_reading()
    {
        const string Old = """{"type":"object","properties":{"a":{"type":"string"}}}""";
        const string New = """{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}}}""";

        Decide(Old, New).ShouldBeOfType<SubsetVerdict.ProvenBreaking>().Witness.Members.Keys.ShouldContain("b");
        Decide(Old, New, SchemaReading.Lenient).ShouldBeOfType<SubsetVerdict.ProvenSafe>();
    }

    [Fact]
    public void Meanings_assert_only_when_asked_to()
    {
        const string Date = """{"type":"string","format":"date"}""";
        const string Time = """{"type":"string","format":"time"}""";

        Decide(Date, Time).ShouldBeOfType<SubsetVerdict.ProvenSafe>();
        Decide(Date, Time, new SchemaReading { AssertsMeanings = true }).ShouldBeOfType<SubsetVerdict.Undecided>();
        Decide(Date, Date.Replace("}", ",\"minLength\":0}", StringComparison.Ordinal), new SchemaReading { AssertsMeanings = true }).ShouldBeOfType<SubsetVerdict.ProvenSafe>();
    }

    [Theory]
    [InlineData("""{"$ref":"#"}""")]
    [InlineData("""{"allOf":[{"$ref":"#"},{"$ref":"#"}]}""")]
    [InlineData("""{"type":"string","pattern":"^(a+)+$(?=b)"}""")]
    [InlineData("""{"type":"string","pattern":"("}""")]
    [InlineData("""{"minimum":1e99999,"maximum":-1e99999}""")]
    [InlineData("""{"type":"array","minItems":999999999999}""")]
    public void Hostile_schemas_end(string schema)
    {
        Decide(schema, """{"type":"object","required":["a"]}""").ShouldNotBeNull();
        Decide("true", schema).ShouldNotBeNull();
    }

    [Fact]
    public void Many_combinations_end_undecided_or_proven()
    {
        var branches = string.Join(',', Enumerable.Range(0, 40).Select(i => $$"""{"oneOf":[{"minimum":{{i}}},{"multipleOf":{{i + 2}}},{"maxLength":{{i}}}]}"""));

        Decide($$"""{"allOf":[{{branches}}]}""", """{"type":"string"}""").ShouldNotBeNull();
    }

    private static SubsetVerdict Decide(string inner, string outer, SchemaReading? reading = null)
    {
        var ids = new SchemaIds();
        return SchemaSubset.Decide(Load(inner, ids), Load(outer, ids), reading);
    }

    private static SchemaLoader Load(string schema, SchemaIds ids) => SchemaLoader.Read(DocumentReader.Read("schema.json", Encoding.UTF8.GetBytes(schema)).Root, ids);
}
