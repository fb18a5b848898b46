using System.Text;
using Davit.Contracts.Documents;
using Davit.Contracts.JsonSchemas.Schemas;
using Davit.Contracts.JsonSchemas.Validation;
using Davit.Contracts.JsonSchemas.Values;

namespace Davit.Contracts.Tests.JsonSchemas;

public sealed class SchemaValidatorTests
{
    [Theory]
    [InlineData("""{"type":"integer"}""", "1.0", true)]
    [InlineData("""{"multipleOf":0.01}""", "0.07", true)]
    [InlineData("""{"minimum":1e400}""", "1e401", true)]
    [InlineData("""{"maxLength":1}""", "\"😀\"", true)]
    [InlineData("""{"pattern":"^\\d$"}""", "\"٣\"", false)]
    [InlineData("""{"pattern":"a$"}""", "\"a\\n\"", false)]
    [InlineData("""{"const":{"a":1,"b":2}}""", """{"b":2.0,"a":1}""", true)]
    [InlineData("""{"uniqueItems":true}""", "[1,1.0]", false)]
    [InlineData("""{"contains":{"const":1},"minContains":2,"maxContains":3}""", "[1,2,1]", true)]
    [InlineData("""{"contains":{"const":1},"minContains":0}""", "[]", true)]
    [InlineData("""{"prefixItems":[true],"items":{"type":"string"}}""", "[1,2]", false)]
    [InlineData("""{"properties":{"a":true},"patternProperties":{"^b":true},"additionalProperties":false}""", """{"a":1,"b1":2}""", true)]
    [InlineData("""{"dependentSchemas":{"a":{"required":["b"]}}}""", """{"a":1}""", false)]
    [InlineData("""{"if":{"required":["a"]},"then":{"required":["b"]}}""", """{"c":1}""", true)]
    [InlineData("""{"allOf":[{"properties":{"a":true}}],"unevaluatedProperties":false}""", """{"a":1}""", true)]
    [InlineData("""{"properties":{"a":true},"allOf":[{"unevaluatedProperties":false}]}""", """{"a":1}""", false)]
    [InlineData("""{"prefixItems":[true],"contains":{"const":2},"unevaluatedItems":false}""", "[1,2]", true)]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"type":"string"}},"maxLength":1}""", "\"ab\"", false)]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","$ref":"#/definitions/a","definitions":{"a":{"type":"string"}},"maxLength":1}""", "\"ab\"", true)]
    [InlineData("""{"$schema":"http://json-schema.org/draft-04/schema#","minimum":1,"exclusiveMinimum":true}""", "1", false)]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","items":[true],"additionalItems":false}""", "[1,2]", false)]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","dependencies":{"a":["b"]}}""", """{"a":1}""", false)]
    [InlineData("""{"$id":"http://x.example/a","$ref":"b","$defs":{"b":{"$id":"b","type":"null"}}}""", "null", true)]
    [InlineData("""{"$ref":"#here","$defs":{"b":{"$anchor":"here","type":"null"}}}""", "1", false)]
    [InlineData("""{"format":"date"}""", "\"no date\"", true)]
    public void A_value_is_accepted_as_the_draft_says(string schema, string value, bool accepts) => Accepts(schema, value).ShouldBe(accepts);

    [Theory]
    [InlineData("""{"$ref":"#/$defs/missing"}""")]
    [InlineData("""{"$ref":"#"}""")]
    [InlineData("""{"pattern":"("}""")]
    public void What_cannot_be_told_is_neither(string schema) => Accepts(schema, "\"a\"").ShouldBeNull();

    [Fact]
    public void An_unknown_dialect_is_refused_with_its_place()
    {
        var refused = Should.Throw<UnreadableException>(() => Accepts("""{"$schema":"http://example.org/dialect"}""", "1"));

        refused.Code.ShouldBe(UnreadableCodes.Version);
        refused.At.ShouldNotBeNull();
    }

    private static bool? Accepts(string schema, string value) =>
        new SchemaValidator().Accepts(SchemaLoader.Read(Read(schema), new SchemaIds()).Root, JsonValue.Of(Read(value)));

    private static Node Read(string text) => DocumentReader.Read("text.json", Encoding.UTF8.GetBytes(text)).Root;
}
