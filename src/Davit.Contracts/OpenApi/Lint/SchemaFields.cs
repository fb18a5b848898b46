using static Davit.Contracts.OpenApi.Lint.Part;
using static Davit.Contracts.OpenApi.Lint.Shape;
using static Davit.Contracts.OpenApi.Lint.SpecVersion;

namespace Davit.Contracts.OpenApi.Lint;

/// <summary>The keywords of schemas: those of OpenAPI 3.0, and those of JSON Schema 2020-12 that came with 3.1.</summary>
internal static class SchemaFields
{
    public static Field[] All { get; } =
    [
        .. Field.Of(Text, "title", "description", "format", "pattern"),
        .. Field.Of(Number, "maximum", "minimum", "multipleOf"),
        .. Field.Of(Flag, "exclusiveMaximum", "exclusiveMinimum", "nullable").UpTo(V30),
        .. Field.Of(Number, "exclusiveMaximum", "exclusiveMinimum").From(V31),
        .. Field.Of(Count, "maxLength", "minLength", "maxItems", "minItems", "maxProperties", "minProperties"),
        .. Field.Of(Flag, "uniqueItems", "readOnly", "writeOnly", "deprecated"),
        .. Field.Of(Texts, "required"),
        .. Field.Of(Values, "enum"),
        .. Field.Of(Anything, "type").WithOwnRule(),
        .. Field.Of(One, Schema, "not", "items", "additionalProperties"),
        .. Field.Of(List, Schema, "allOf", "anyOf", "oneOf"),
        .. Field.Of(Map, Schema, "properties"),
        .. Field.Of(Anything, "default", "example"),
        .. Field.Of(One, Discriminator, "discriminator"),
        .. Field.Of(One, ExternalDocs, "externalDocs"),
        .. Field.Of(One, Xml, "xml"),
        .. Field.Of(Text, "$ref"),
        .. Field.Of(Text, "$id", "$schema", "$anchor", "$dynamicAnchor", "$dynamicRef", "$comment", "contentEncoding", "contentMediaType").From(V31),
        .. Field.Of(Anything, "const").From(V31),
        .. Field.Of(Values, "examples").From(V31),
        .. Field.Of(Count, "maxContains", "minContains").From(V31),
        .. Field.Of(Names, "dependentRequired").From(V31),
        .. Field.Of(One, Schema, "contains", "propertyNames", "if", "then", "else", "unevaluatedItems", "unevaluatedProperties", "contentSchema").From(V31),
        .. Field.Of(List, Schema, "prefixItems").From(V31),
        .. Field.Of(Map, Schema, "$defs", "dependentSchemas", "patternProperties").From(V31),
    ];
}
