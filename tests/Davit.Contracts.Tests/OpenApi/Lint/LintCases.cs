namespace Davit.Contracts.Tests.OpenApi.Lint;

/// <summary>One pair for each rule about one document.</summary>
internal static class LintCases
{
    private const string V30 = "3.0.3";
    private const string V31 = "3.1.0";
    private const string V32 = "3.2.0";
    private const string Id = "{ name: id, in: path, required: true, schema: { type: string } }";
    private const string Ok = "{ '200': { description: Fine } }";

    public static IReadOnlyList<LintCase> Known { get; } =
    [
        .. Documents, .. Operations, .. Parameters, .. Examples, .. Schemas, .. Security, .. Newer,
    ];

    public static IReadOnlyList<LintCase> Own { get; } =
    [
        LintCase.Operation(V31, "operation-id-missing", $"{{ parameters: [{Id}], responses: {Ok} }}", $"{{ operationId: a, parameters: [{Id}], responses: {Ok} }}"),
        new("operation-tag-undeclared", Paths($"/a: {{ get: {{ tags: [a], responses: {Ok} }} }}"), Paths($"/a: {{ get: {{ tags: [a], responses: {Ok} }} }}") + "tags: [{ name: a }]"),
        new("path-not-kebab-case", Paths("/userAccounts: {}"), Paths("'/user-accounts/{userId}': {}")),
        LintCase.Schema(V31, "property-case-mixed", "{ properties: { first_name: {}, lastName: {} } }", "{ properties: { first_name: {}, last_name: {}, id: {} } }"),
        LintCase.Operation(V31, "error-body-not-problem", $"{{ parameters: [{Id}], responses: {{ '404': {{ description: None, content: {{ application/json: {{}} }} }} }} }}", $"{{ parameters: [{Id}], responses: {{ '404': {{ description: None, content: {{ application/problem+json: {{}} }} }} }} }}"),
        LintCase.Operation(V31, "list-without-limit", $"{{ parameters: [{Id}], responses: {{ '200': {{ description: All, content: {{ application/json: {{ schema: {{ type: array, items: {{}} }} }} }} }} }} }}",
            $"{{ parameters: [{Id}, {{ name: limit, in: query, schema: {{ type: integer }} }}], responses: {{ '200': {{ description: All, content: {{ application/json: {{ schema: {{ type: array, items: {{}} }} }} }} }} }} }}"),
        LintCase.Root(V31, "unused-component", "components: { schemas: { A: {}, B: { items: { $ref: '#/components/schemas/B' } } } }", "components: { schemas: { A: { $ref: '#/components/schemas/B' }, B: { items: { $ref: '#/components/schemas/A' } } } }"),
        LintCase.Schema(V31, "recursive-schema-without-exit", "{ type: object, required: [next], properties: { next: { $ref: '#/components/schemas/A' } } }", "{ type: object, required: [next], properties: { next: { anyOf: [{ type: 'null' }, { $ref: '#/components/schemas/A' }] } } }"),
        LintCase.Schema(V31, "example-contains-secret", "{ example: { key: AKIAABCDEFGHIJKLMNOP } }", "{ example: { key: your-key-here-please } }"),
        LintCase.Root(V31, "security-none-declared", "", "security: []"),
        LintCase.Root(V31, "server-not-https", "servers: [{ url: 'http://api.example.com/v1' }]", "servers: [{ url: 'https://api.example.com' }, { url: 'http://localhost:8080' }, { url: /v1 }]"),
        LintCase.Operation(V31, "description-missing", $"{{ parameters: [{Id}], responses: {Ok} }}", $"{{ summary: Read it, parameters: [{Id}], responses: {Ok} }}"),
        LintCase.Operation(V31, "deprecated-without-replacement", $"{{ deprecated: true, description: Old, parameters: [{Id}], responses: {Ok} }}", $"{{ deprecated: true, description: Use the list instead, parameters: [{Id}], responses: {Ok} }}"),
        LintCase.Operation(V31, "sunset-passed", $"{{ deprecated: true, x-sunset: '2026-01-01', parameters: [{Id}], responses: {Ok} }}", $"{{ deprecated: true, x-sunset: '2028-01-01', parameters: [{Id}], responses: {Ok} }}"),
    ];

    private static LintCase[] Documents =>
    [
        new("openapi-required", "info: { title: T, version: '1' }\npaths: {}", LintCase.Doc(V30, "")),
        new("info-required", $"openapi: {V30}\npaths: {{}}", LintCase.Doc(V30, "")),
        new("info-title-required", $"openapi: {V30}\ninfo: {{ version: '1' }}\npaths: {{}}", LintCase.Doc(V30, "")),
        new("info-version-required", $"openapi: {V30}\ninfo: {{ title: T }}\npaths: {{}}", LintCase.Doc(V30, "")),
        new("license-name-required", Info(V30, "license: { url: 'https://example.com' }"), Info(V30, "license: { name: MIT }")),
        new("url-identifier-mutually-exclusive", Info(V31, "license: { name: MIT, url: 'https://example.com', identifier: MIT }"), Info(V31, "license: { name: MIT, identifier: MIT }")),
        LintCase.Root(V31, "json-schema-dialect-required", "jsonSchemaDialect: ''", "jsonSchemaDialect: https://json-schema.org/draft/2020-12/schema"),
        new("paths-required", $"openapi: {V30}\ninfo: {{ title: T, version: '1' }}\ncomponents: {{}}", $"openapi: {V31}\ninfo: {{ title: T, version: '1' }}\ncomponents: {{}}"),
        new("path-must-start-with-slash", Paths("orders: {}"), Paths("/orders: {}")),
        new("conflicting-paths", Paths("'/orders/{id}': {}, '/orders/{name}': {}"), Paths("'/orders/{id}': {}, '/orders/{id}/lines': {}")),
        LintCase.Root(V31, "webhook-nil", "webhooks: { made: null }", "webhooks: { made: {} }"),
        LintCase.Root(V30, "server-url-required", "servers: [{ description: Main }]", "servers: [{ url: / }]"),
        LintCase.Root(V30, "server-url-template-invalid", "servers: [{ url: 'https://{region}.example.com' }]", "servers: [{ url: 'https://{region}.example.com', variables: { region: { default: eu } } }]"),
        LintCase.Root(V30, "default-required", "servers: [{ url: 'https://{region}.example.com', variables: { region: {} } }]", "servers: [{ url: 'https://{region}.example.com', variables: { region: { default: eu } } }]"),
        LintCase.Root(V30, "duplicate-tag", "tags: [{ name: a }, { name: a }]", "tags: [{ name: a }, { name: b }]"),
        LintCase.Root(V30, "external-docs-url-required", "externalDocs: { description: More }", "externalDocs: { url: 'https://example.com' }"),
        LintCase.Schema(V30, "unresolved-ref", "{ $ref: '#/components/schemas/B' }", "{ items: { $ref: '#/components/schemas/A' }, type: array }"),
        LintCase.Schema(V30, "extra-sibling-fields", "{ type: object, properties: { a: { $ref: '#/components/schemas/A', description: Ignored } } }", "{ type: object, properties: { a: { $ref: '#/components/schemas/A', x-note: kept } } }"),
        LintCase.Root(V31, "spec-validation-error", "tags: [{ name: a, colour: red }]", "tags: [{ name: a, x-colour: red }]"),
    ];

    private static LintCase[] Operations =>
    [
        new("duplicate-operation-id", Paths($"/a: {{ get: {{ operationId: x, responses: {Ok} }}, put: {{ operationId: x, responses: {Ok} }} }}"), Paths($"/a: {{ get: {{ operationId: x, responses: {Ok} }}, put: {{ operationId: y, responses: {Ok} }} }}")),
        LintCase.Operation(V30, "operation-responses-required", $"{{ parameters: [{Id}] }}", $"{{ parameters: [{Id}], responses: {Ok} }}"),
        LintCase.Operation(V30, "responses-required", $"{{ parameters: [{Id}], responses: {{}} }}", $"{{ parameters: [{Id}], responses: {{ default: {{ description: Any }} }} }}"),
        LintCase.Of(V31, "responses", "response-description-required", "{ content: {} }", "{ description: '' }"),
        LintCase.Of(V30, "requestBodies", "request-body-content-required", "{ required: true }", "{ content: { application/json: {} } }"),
        LintCase.Operation(V30, "path-parameters-mismatch", $"{{ responses: {Ok} }}", $"{{ parameters: [{Id}], responses: {Ok} }}"),
        LintCase.Of(V30, "links", "operation-id-operation-ref-mutually-exclusive", "{ operationId: a, operationRef: '#/paths/~1a/get' }", "{ operationId: a }"),
        LintCase.Of(V30, "links", "operation-id-or-operation-ref-required", "{ description: Nowhere }", "{ operationRef: '#/paths/~1a/get' }"),
    ];

    private static LintCase[] Parameters =>
    [
        LintCase.Of(V30, "parameters", "parameter-name-required", "{ in: query, schema: {} }", "{ name: a, in: query, schema: {} }"),
        LintCase.Of(V30, "parameters", "parameter-in-invalid", "{ name: a, in: body, schema: {} }", "{ name: a, in: cookie, schema: {} }"),
        LintCase.Of(V30, "parameters", "path-parameter-required", "{ name: a, in: path, schema: {} }", "{ name: a, in: path, required: true, schema: {} }"),
        LintCase.Operation(V30, "duplicate-parameter", $"{{ parameters: [{Id}, {Id}], responses: {Ok} }}", $"{{ parameters: [{Id}, {{ name: id, in: query, schema: {{}} }}], responses: {Ok} }}"),
        LintCase.Of(V30, "parameters", "content-or-schema-exactly-one", "{ name: a, in: query, schema: {}, content: { application/json: {} } }", "{ name: a, in: query, content: { application/json: {} } }"),
        LintCase.Of(V30, "parameters", "parameter-content-single-entry", "{ name: a, in: query, content: { application/json: {}, text/plain: {} } }", "{ name: a, in: query, content: { application/json: {} } }"),
        LintCase.Of(V30, "headers", "header-content-single-entry", "{ content: {} }", "{ content: { text/plain: {} } }"),
        LintCase.Of(V30, "headers", "name-forbidden", "{ name: X, schema: {} }", "{ schema: {} }"),
        LintCase.Of(V30, "headers", "in-forbidden", "{ in: header, schema: {} }", "{ schema: {} }"),
        LintCase.Of(V30, "parameters", "serialization-method-invalid", "{ name: a, in: query, style: matrix, schema: {} }", "{ name: a, in: query, style: deepObject, schema: {} }"),
        LintCase.Of(V31, "parameters", "ambiguous-parameter-serialization", "{ name: a, in: query, schema: { type: [string, array] } }", "{ name: a, in: query, schema: { type: [array, 'null'] } }"),
        LintCase.Of(V30, "parameters", "required-with-default", "{ name: a, in: query, required: true, schema: { type: integer, default: 1 } }", "{ name: a, in: query, schema: { type: integer, default: 1 } }"),
    ];

    private static LintCase[] Examples =>
    [
        LintCase.Of(V30, "parameters", "example-examples-mutually-exclusive", "{ name: a, in: query, schema: {}, example: 1, examples: { b: { value: 2 } } }", "{ name: a, in: query, schema: {}, examples: { b: { value: 2 } } }"),
        LintCase.Of(V30, "examples", "value-external-value-mutually-exclusive", "{ value: 1, externalValue: a.json }", "{ externalValue: a.json }"),
        LintCase.Of(V30, "examples", "value-or-external-value-required", "{ summary: None }", "{ value: null }"),
        LintCase.Schema(V30, "example-violates-schema", "{ type: integer, example: one }", "{ type: integer, nullable: true, example: null }"),
        LintCase.Schema(V30, "default-violates-schema", "{ type: integer, maximum: 3, default: 4 }", "{ type: integer, maximum: 3, default: 3.0 }"),
    ];

    private static LintCase[] Schemas =>
    [
        LintCase.Schema(V31, "additional-properties-both-forms-exclusive", "{ additionalProperties: true, additionalProperties: {} }", "{ additionalProperties: {} }"),
        LintCase.Schema(V31, "unevaluated-items-both-forms-exclusive", "{ unevaluatedItems: {}, unevaluatedItems: false }", "{ unevaluatedItems: false }"),
        LintCase.Schema(V31, "unevaluated-properties-both-forms-exclusive", "{ unevaluatedProperties: {}, unevaluatedProperties: false }", "{ unevaluatedProperties: false }"),
        LintCase.Schema(V31, "const-not-in-enum", "{ const: 1, enum: [2, 3] }", "{ const: 1, enum: [1.0, 3] }"),
        LintCase.Schema(V30, "enum-empty", "{ enum: [] }", "{ enum: [a] }"),
        LintCase.Schema(V30, "duplicate-enum-value", "{ enum: [1, 1.0] }", "{ enum: [1, '1'] }"),
        LintCase.Schema(V30, "duplicate-required-field", "{ type: object, required: [a, a] }", "{ type: object, required: [a, A] }"),
        LintCase.Schema(V31, "min-contains-exceeds-max-contains", "{ minContains: 2, maxContains: 1, contains: {} }", "{ minContains: 1, maxContains: 1, contains: {} }"),
        LintCase.Schema(V30, "min-items-exceeds-max-items", "{ minItems: 2, maxItems: 1 }", "{ minItems: 1, maxItems: 1 }"),
        LintCase.Schema(V30, "min-length-exceeds-max-length", "{ minLength: 2, maxLength: 1 }", "{ minLength: 1, maxLength: 1 }"),
        LintCase.Schema(V30, "min-properties-exceeds-max-properties", "{ minProperties: 2, maxProperties: 1 }", "{ minProperties: 1, maxProperties: 1 }"),
        LintCase.Schema(V30, "minimum-exceeds-maximum", "{ minimum: 1.5, maximum: 1 }", "{ minimum: -1, maximum: 1e2 }"),
        LintCase.Schema(V30, "multiple-of-not-positive", "{ multipleOf: 0 }", "{ multipleOf: 0.01 }"),
        LintCase.Schema(V30, "read-only-write-only-mutually-exclusive", "{ readOnly: true, writeOnly: true }", "{ readOnly: true, writeOnly: false }"),
        LintCase.Schema(V30, "schema-items-required", "{ type: array }", "{ type: array, items: {} }"),
        LintCase.Schema(V30, "schema-type-unsupported", "{ type: file }", "{ type: object }"),
        LintCase.Schema(V30, "type-format-mismatch", "{ type: string, format: int32 }", "{ type: string, format: my-own }"),
        LintCase.Schema(V31, "subschemas-empty", "{ anyOf: [] }", "{ anyOf: [{}] }"),
        LintCase.Schema(V30, "schema-pattern-regex-invalid", "{ pattern: '^(a$' }", @"{ pattern: '^[^]\p{L}[]$' }"),
    ];

    private static LintCase[] Security =>
    [
        LintCase.Of(V30, "securitySchemes", "security-scheme-type-invalid", "{ type: mutualTLS }", "{ type: http, scheme: basic }"),
        LintCase.Of(V30, "securitySchemes", "security-scheme-apikey-in-invalid", "{ type: apiKey, name: k, in: path }", "{ type: apiKey, name: k, in: cookie }"),
        LintCase.Of(V30, "securitySchemes", "security-scheme-name-required", "{ type: apiKey, in: header }", "{ type: apiKey, name: k, in: header }"),
        LintCase.Of(V30, "securitySchemes", "security-scheme-http-scheme-invalid", "{ type: http }", "{ type: http, scheme: digest }"),
        LintCase.Of(V30, "securitySchemes", "bearer-format-forbidden", "{ type: http, scheme: basic, bearerFormat: JWT }", "{ type: http, scheme: Bearer, bearerFormat: JWT }"),
        LintCase.Of(V30, "securitySchemes", "flows-forbidden", "{ type: http, scheme: basic, flows: {} }", "{ type: oauth2, flows: {} }"),
        LintCase.Of(V30, "securitySchemes", "flows-required", "{ type: oauth2 }", "{ type: oauth2, flows: {} }"),
        LintCase.Of(V30, "securitySchemes", "openid-connect-url-required", "{ type: openIdConnect }", "{ type: openIdConnect, openIdConnectUrl: 'https://example.com' }"),
        LintCase.Of(V30, "securitySchemes", "oauth-flow-authorization-url-required", Flow("implicit: { scopes: {} }"), Flow("implicit: { scopes: {}, authorizationUrl: 'https://a' }")),
        LintCase.Of(V30, "securitySchemes", "oauth-flow-token-url-required", Flow("password: { scopes: {} }"), Flow("password: { scopes: {}, tokenUrl: 'https://a' }")),
        LintCase.Of(V30, "securitySchemes", "oauth-flow-scopes-required", Flow("password: { tokenUrl: 'https://a' }"), Flow("password: { scopes: { a: A }, tokenUrl: 'https://a' }")),
        LintCase.Of(V30, "securitySchemes", "authorization-url-forbidden", Flow("password: { scopes: {}, tokenUrl: 'https://a', authorizationUrl: 'https://a' }"), Flow("authorizationCode: { scopes: {}, tokenUrl: 'https://a', authorizationUrl: 'https://a' }")),
        LintCase.Of(V30, "securitySchemes", "token-url-forbidden", Flow("implicit: { scopes: {}, tokenUrl: 'https://a', authorizationUrl: 'https://a' }"), Flow("implicit: { scopes: {}, authorizationUrl: 'https://a' }")),
    ];

    private static LintCase[] Newer =>
    [
        .. new (string Id, string Keyword)[]
        {
            ("anchor", "$anchor: a"), ("comment", "$comment: a"), ("const", "const: a"), ("contains", "contains: {}"), ("content-encoding", "contentEncoding: base64"),
            ("content-media-type", "contentMediaType: text/plain"), ("content-schema", "contentSchema: {}"), ("defs", "$defs: {}"), ("dependent-required", "dependentRequired: {}"),
            ("dependent-schemas", "dependentSchemas: {}"), ("dynamic-anchor", "$dynamicAnchor: a"), ("dynamic-ref", "$dynamicRef: '#a'"), ("else", "else: {}"), ("examples", "examples: [a]"),
            ("id", "$id: https://example.com/a"), ("if", "if: {}"), ("max-contains", "maxContains: 1"), ("min-contains", "minContains: 1"), ("pattern-properties", "patternProperties: {}"),
            ("prefix-items", "prefixItems: [{}]"), ("property-names", "propertyNames: {}"), ("schema", "$schema: https://json-schema.org/draft/2020-12/schema"), ("then", "then: {}"),
            ("unevaluated-items", "unevaluatedItems: {}"), ("unevaluated-properties", "unevaluatedProperties: {}"),
        }.Select(k => new LintCase(k.Id + "-field-for-3-1-plus", LintCase.Doc(V30, $"components: {{ schemas: {{ A: {{ {k.Keyword} }} }} }}"), LintCase.Doc(V31, $"components: {{ schemas: {{ A: {{ {k.Keyword} }} }} }}"))),
        new("identifier-field-for-3-1-plus", Info(V30, "license: { name: MIT, identifier: MIT }"), Info(V31, "license: { name: MIT, identifier: MIT }")),
        new("summary-field-for-3-1-plus", Info(V30, "summary: S"), Info(V31, "summary: S")),
        new("jsonschemadialect-field-for-3-1-plus", LintCase.Doc(V30, "jsonSchemaDialect: https://json-schema.org/draft/2020-12/schema"), LintCase.Doc(V31, "jsonSchemaDialect: https://json-schema.org/draft/2020-12/schema")),
        new("webhooks-field-for-3-1-plus", LintCase.Doc(V30, "webhooks: {}"), LintCase.Doc(V31, "webhooks: {}")),
        new("item-schema-field-for-3-2-plus", Lines(V31), Lines(V32)),
    ];

    private static string Info(string version, string members) => $"openapi: {version}\ninfo: {{ title: T, version: '1', {members} }}\npaths: {{}}\n";

    private static string Paths(string members) => $"openapi: {V30}\ninfo: {{ title: T, version: '1' }}\npaths: {{ {members} }}\n";

    private static string Flow(string flow) => $"{{ type: oauth2, flows: {{ {flow} }} }}";

    private static string Lines(string version) => LintCase.Doc(version, "components: { requestBodies: { A: { content: { application/jsonl: { itemSchema: {} } } } } }");
}
