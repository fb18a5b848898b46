namespace Davit.Contracts.Tests.OpenApi.Pairs;

/// <summary>One pair of schemas for each fact.</summary>
internal static class SchemaFacts
{
    private const string Bodies = "request-body request-property response-body response-property";

    public static SchemaFact[] All => [.. Numbers, .. Strings, .. Arrays, .. Objects, .. Values, .. Types, .. Branches, .. Conditions];

    private static SchemaFact[] Numbers =>
    [
        new("max-set", "max-unset", "{ type: number }", "{ type: number, maximum: 9 }"),
        new("max-increased", "max-decreased", "{ type: number, maximum: 9 }", "{ type: number, maximum: 10 }"),
        new("min-set", "min-unset", "{ type: number }", "{ type: number, minimum: 1 }"),
        new("min-increased", "min-decreased", "{ type: number, minimum: 1 }", "{ type: number, minimum: 2 }"),
        new("exclusive-max-set", "exclusive-max-unset", "{ type: number }", "{ type: number, exclusiveMaximum: 9 }"),
        new("exclusive-max-increased", "exclusive-max-decreased", "{ type: number, exclusiveMaximum: 9 }", "{ type: number, exclusiveMaximum: 10 }"),
        new("exclusive-min-set", "exclusive-min-unset", "{ type: number }", "{ type: number, exclusiveMinimum: 1 }"),
        new("exclusive-min-increased", "exclusive-min-decreased", "{ type: number, exclusiveMinimum: 1 }", "{ type: number, exclusiveMinimum: 2 }"),
        new("multiple-of-added", "multiple-of-removed", "{ type: number }", "{ type: number, multipleOf: 2 }"),
        new("multiple-of-tightened", "multiple-of-relaxed", "{ type: number, multipleOf: 2 }", "{ type: number, multipleOf: 4 }"),
        new("multiple-of-changed", "", "{ type: number, multipleOf: 2 }", "{ type: number, multipleOf: 3 }"),
        new("constraint-narrowed", "constraint-widened", "{ type: number, maximum: 9 }", "{ type: number, maximum: 8 }"),
    ];

    private static SchemaFact[] Strings =>
    [
        new("max-length-set", "max-length-unset", "{ type: string }", "{ type: string, maxLength: 9 }"),
        new("max-length-increased", "max-length-decreased", "{ type: string, maxLength: 9 }", "{ type: string, maxLength: 10 }"),
        new("min-length-set", "min-length-unset", "{ type: string }", "{ type: string, minLength: 1 }"),
        new("min-length-increased", "min-length-decreased", "{ type: string, minLength: 1 }", "{ type: string, minLength: 2 }"),
        new("pattern-added", "pattern-removed", "{ type: string }", "{ type: string, pattern: ^a }"),
        new("pattern-changed", "", "{ type: string, pattern: ^a }", "{ type: string, pattern: ^b }"),
        new("pattern-generalized", "", "{ type: string, pattern: ^a }", "{ type: string, pattern: .* }"),
        new("content-encoding-changed", "", "{ type: string, contentEncoding: base64 }", "{ type: string, contentEncoding: base32 }"),
        new("content-media-type-changed", "", "{ type: string, contentMediaType: image/png }", "{ type: string, contentMediaType: image/gif }"),
        new("content-schema-added", "content-schema-removed", "{ type: string, contentMediaType: application/json }", "{ type: string, contentMediaType: application/json, contentSchema: { type: object } }"),
    ];

    private static SchemaFact[] Arrays =>
    [
        new("max-items-set", "max-items-unset", "{ type: array, items: {} }", "{ type: array, items: {}, maxItems: 9 }"),
        new("max-items-increased", "max-items-decreased", "{ type: array, items: {}, maxItems: 9 }", "{ type: array, items: {}, maxItems: 10 }"),
        new("min-items-set", "min-items-unset", "{ type: array, items: {} }", "{ type: array, items: {}, minItems: 1 }"),
        new("min-items-increased", "min-items-decreased", "{ type: array, items: {}, minItems: 1 }", "{ type: array, items: {}, minItems: 2 }"),
        new("unique-items-added", "unique-items-removed", "{ type: array, items: {} }", "{ type: array, items: {}, uniqueItems: true }"),
        new("items-schema-added", "items-schema-removed", "{ type: array }", "{ type: array, items: { type: string } }"),
        new("contains-added", "contains-removed", "{ type: array }", "{ type: array, contains: { const: 1 } }"),
        new("max-contains-increased", "max-contains-decreased", "{ type: array, contains: { const: 1 }, maxContains: 2 }", "{ type: array, contains: { const: 1 }, maxContains: 3 }"),
        new("min-contains-increased", "min-contains-decreased", "{ type: array, contains: { const: 1 }, minContains: 2 }", "{ type: array, contains: { const: 1 }, minContains: 3 }"),
        new("prefix-items-added", "prefix-items-removed", "{ type: array }", "{ type: array, prefixItems: [{ type: string }] }"),
        new("unevaluated-items-added", "unevaluated-items-removed", "{ type: array, prefixItems: [{}] }", "{ type: array, prefixItems: [{}], unevaluatedItems: false }"),
    ];

    private static SchemaFact[] Objects =>
    [
        new("max-properties-increased", "max-properties-decreased", "{ type: object, maxProperties: 2 }", "{ type: object, maxProperties: 3 }"),
        new("min-properties-increased", "min-properties-decreased", "{ type: object, minProperties: 2 }", "{ type: object, minProperties: 3 }"),
        new("additional-properties-closed", "additional-properties-opened", "{ type: object }", "{ type: object, additionalProperties: false }"),
        new("additional-properties-narrowed", "additional-properties-widened", "{ type: object }", "{ type: object, additionalProperties: { type: string } }"),
        new("property-names-added", "property-names-removed", "{ type: object }", "{ type: object, propertyNames: { maxLength: 3 } }"),
        new("pattern-property-added", "pattern-property-removed", "{ type: object }", "{ type: object, patternProperties: { ^a: { type: string } } }"),
        new("dependent-required-added", "dependent-required-removed", "{ type: object }", "{ type: object, dependentRequired: { a: [b] } }"),
        new("dependent-required-changed", "", "{ type: object, dependentRequired: { a: [b] } }", "{ type: object, dependentRequired: { a: [c] } }"),
        new("dependent-schema-added", "dependent-schema-removed", "{ type: object }", "{ type: object, dependentSchemas: { a: { required: [b] } } }"),
        new("unevaluated-properties-added", "unevaluated-properties-removed", "{ type: object, properties: { a: {} } }", "{ type: object, properties: { a: {} }, unevaluatedProperties: false }"),
        new("discriminator-added", "discriminator-removed", "{ oneOf: [{ required: [a] }, { required: [b] }] }", "{ oneOf: [{ required: [a] }, { required: [b] }], discriminator: { propertyName: k } }"),
        new("discriminator-property-name-changed", "", "{ oneOf: [{ required: [a] }], discriminator: { propertyName: k } }", "{ oneOf: [{ required: [a] }], discriminator: { propertyName: l } }"),
        new("discriminator-mapping-added", "discriminator-mapping-deleted", "{ oneOf: [{ required: [a] }], discriminator: { propertyName: k, mapping: { x: '#/x' } } }", "{ oneOf: [{ required: [a] }], discriminator: { propertyName: k, mapping: { x: '#/x', y: '#/y' } } }"),
        new("discriminator-mapping-changed", "", "{ oneOf: [{ required: [a] }], discriminator: { propertyName: k, mapping: { x: '#/x' } } }", "{ oneOf: [{ required: [a] }], discriminator: { propertyName: k, mapping: { x: '#/y' } } }"),
    ];

    private static SchemaFact[] Values =>
    [
        new("became-enum", "enum-dropped", "{ type: string }", "{ type: string, enum: [a, b] }"),
        new("enum-value-added", "enum-value-removed", "{ type: string, enum: [a] }", "{ type: string, enum: [a, b] }"),
        new("const-added", "const-removed", "{ type: string }", "{ type: string, const: a }"),
        new("const-changed", "", "{ type: string, const: a }", "{ type: string, const: b }"),
        new("default-value-added", "default-value-removed", "{ type: string }", "{ type: string, default: a }"),
        new("default-value-changed", "", "{ type: string, default: a }", "{ type: string, default: b }"),
        new("x-extensible-enum-value-removed", "", "{ type: string, x-extensible-enum: [a, b] }", "{ type: string, x-extensible-enum: [a] }"),
    ];

    private static SchemaFact[] Types =>
    [
        new("became-nullable", "became-not-nullable", "{ type: string }", "{ type: [string, 'null'] }"),
        new("type-generalized", "type-specialized", "{ type: integer }", "{ type: number }", $"{Bodies} request-parameter-property response-header"),
        new("type-generalized", "", "{ type: integer }", "{ type: number }", "request-parameter"),
        new("type-changed", "", "{ type: string }", "{ type: integer }", $"{Bodies} request-parameter"),
        new("type-changed", "type-specialized", "{ type: integer }", "{ type: string }", "request-parameter-property"),
        new("type-changed", "type-compatible", "{ type: integer }", "{ type: string }", "response-header"),
        new("type-compatible", "type-changed", "{ type: integer }", "{ type: string }", "request-body request-property", "application/xml"),
        new("type-compatible", "type-changed", "{ type: string }", "{ type: integer }", "response-body response-property", "application/xml"),
        new("list-of-types-widened", "list-of-types-narrowed", "{ oneOf: [{ type: string }, { type: integer }] }", "{ oneOf: [{ type: string }, { type: integer }, { type: boolean }] }"),
    ];

    private static SchemaFact[] Branches =>
    [
        new("all-of-added", "all-of-removed", "{ allOf: [{ minLength: 1 }] }", "{ allOf: [{ minLength: 1 }, { maxLength: 9 }] }"),
        new("all-of-added-annotation-only", "all-of-removed-annotation-only", "{ allOf: [{ minLength: 1 }] }", "{ allOf: [{ minLength: 1 }, { description: D }] }"),
        new("any-of-added", "any-of-removed", "{ anyOf: [{ minLength: 9 }] }", "{ anyOf: [{ minLength: 9 }, { maxLength: 1 }] }"),
        new("one-of-added", "one-of-removed", "{ oneOf: [{ minLength: 9 }] }", "{ oneOf: [{ minLength: 9 }, { maxLength: 1 }] }"),
        new("wrapped-in-one-of", "unwrapped-from-one-of", "{ type: object, required: [a], properties: { a: { type: string } } }",
            "{ oneOf: [{ type: object, required: [a], properties: { a: { type: string, minLength: 2 } } }, { type: object, required: [b], properties: { b: { type: string } } }] }"),
        new("not-added", "not-removed", "{ type: string }", "{ type: string, not: { const: a } }"),
        new("not-widened", "not-narrowed", "{ type: string, not: { enum: [a] } }", "{ type: string, not: { enum: [a, b] } }"),
    ];

    private static SchemaFact[] Conditions =>
    [
        new("if-added", "if-removed", "{ then: { minLength: 2 } }", "{ if: { pattern: ^a }, then: { minLength: 2 } }"),
        new("then-added", "then-removed", "{ if: { pattern: ^a } }", "{ if: { pattern: ^a }, then: { minLength: 2 } }"),
        new("else-added", "else-removed", "{ if: { pattern: ^a } }", "{ if: { pattern: ^a }, else: { minLength: 2 } }"),
    ];
}
