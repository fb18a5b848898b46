using System.Collections.Immutable;
using System.Text;
using Davit.Contracts.Findings;

namespace Davit.Contracts.Tests.OpenApi;

/// <summary>One edit for each rule that the other checkers lack, and the level at which it is told.</summary>
public sealed class OwnRuleTests
{
    private const string Api = """
        openapi: 3.2.0
        info: { title: Orders, version: 1.0.0 }
        x-team: orders
        servers:
          - url: https://{region}.example.com
            variables:
              region: { default: eu, enum: [eu, us] }
              tier: { default: free }
        paths:
          /orders/{id}:
            get:
              operationId: read
              deprecated: true
              x-sunset: '2027-06-01'
              parameters:
                - { name: id, in: path, required: true, schema: { type: string } }
                - { name: q, in: query, allowReserved: true, schema: { type: string, const: a } }
                - { name: f, in: query, content: { application/json: { schema: { type: string, maxLength: 5 } } } }
                - { name: s, in: query, x-stability-level: stable, schema: { type: string } }
              responses:
                '200':
                  description: An order
                  headers:
                    Limit: { schema: { type: integer, maximum: 9 } }
                    Tag: { deprecated: true, schema: { type: string, pattern: '^a' } }
                    Old: { deprecated: true, x-sunset: '2028-01-01', schema: { type: string } }
                  content:
                    application/xml:
                      schema:
                        type: object
                        properties:
                          a: { type: string, xml: { name: A, namespace: n, prefix: p, attribute: true } }
                          l: { type: array, items: { type: string }, xml: { wrapped: true } }
                          t: { type: string, xml: { nodeType: text } }
                  links:
                    next: { operationId: read }
                4XX: { description: Wrong }
                default: { description: Any }
            put:
              operationId: write
              parameters:
                - { name: id, in: path, required: true, schema: { type: string } }
              requestBody:
                content:
                  multipart/form-data:
                    schema:
                      type: object
                      properties:
                        file: { type: string, format: binary }
                        lines: { type: array, items: { type: string } }
                    encoding:
                      file: { contentType: image/png, headers: { X-Size: { schema: { type: integer } } } }
                      lines: { style: form, explode: false, allowReserved: true }
                  application/json: {}
                  application/jsonl: { itemSchema: { type: object } }
              responses:
                '200':
                  description: Written
                  content: { application/jsonl: { itemSchema: { type: object } } }
                '204': { description: Nothing }
              callbacks:
                done:
                  '{$request.body#/url}':
                    post: { responses: { '200': { description: Heard } } }
          /lines:
            get:
              operationId: lines
              responses: { '200': { description: All } }
        webhooks:
          made:
            post: { responses: { '200': { description: Heard } } }
        components:
          securitySchemes:
            device:
              type: oauth2
              oauth2MetadataUrl: https://example.com/meta
              flows: { deviceAuthorization: { deviceAuthorizationUrl: 'https://example.com/device', tokenUrl: 'https://example.com/token', scopes: {} } }
        """;

    private const string Id = "        - { name: id, in: path, required: true, schema: { type: string } }\n        - { name: q";

    [Theory]
    [InlineData("response-default-removed", Severity.Warning, "        default: { description: Any }", "")]
    [InlineData("response-default-added", Severity.Note, "        '204': { description: Nothing }", "        '204': { description: Nothing }\n        default: { description: Any }")]
    [InlineData("response-range-narrowed", Severity.Note, "        4XX: { description: Wrong }", "        '400': { description: Wrong }")]
    [InlineData("response-range-widened", Severity.Warning, "        '204': { description: Nothing }", "        2XX: { description: Nothing }")]
    [InlineData("response-body-removed", Severity.Breaking, "          content: { application/jsonl: { itemSchema: { type: object } } }\n", "")]
    [InlineData("response-body-added", Severity.Note, "'204': { description: Nothing }", "'204': { description: Nothing, content: { text/plain: {} } }")]
    [InlineData("response-link-removed", Severity.Warning, "            next: { operationId: read }", "            other: { operationId: read }")]
    [InlineData("response-link-added", Severity.Note, "            next: { operationId: read }", "            next: { operationId: read }\n            other: { operationId: read }")]
    [InlineData("response-link-changed", Severity.Warning, "next: { operationId: read }", "next: { operationId: lines }")]
    [InlineData("response-header-removed-with-deprecation", Severity.Note, "            Tag: { deprecated: true, schema: { type: string, pattern: '^a' } }\n", "")]
    [InlineData("response-header-removed-before-sunset", Severity.Breaking, "            Old: { deprecated: true, x-sunset: '2028-01-01', schema: { type: string } }\n", "")]
    [InlineData("response-header-constraint-widened", Severity.Breaking, "maximum: 9", "maximum: 10")]
    [InlineData("response-header-constraint-narrowed", Severity.Note, "maximum: 9", "maximum: 8")]
    [InlineData("response-header-pattern-changed", Severity.Warning, "pattern: '^a'", "pattern: '^b'")]
    [InlineData("request-parameter-const-changed", Severity.Breaking, "const: a", "const: b")]
    [InlineData("request-parameter-const-removed", Severity.Note, ", const: a", "")]
    [InlineData("request-parameter-const-added", Severity.Breaking, "stable, schema: { type: string }", "stable, schema: { type: string, const: a }")]
    [InlineData("request-parameter-max-length-decreased", Severity.Breaking, "maxLength: 5", "maxLength: 4")]
    [InlineData("request-parameter-allow-reserved-withdrawn", Severity.Breaking, "in: query, allowReserved: true", "in: query")]
    [InlineData("request-parameter-allow-reserved-granted", Severity.Note, "{ name: s, in: query", "{ name: s, in: query, allowReserved: true")]
    [InlineData("request-parameter-content-type-changed", Severity.Breaking, "content: { application/json: { schema", "content: { application/xml: { schema")]
    [InlineData("request-parameter-schema-to-content", Severity.Breaking, "content: { application/json: { schema: { type: string, maxLength: 5 } } } }", "schema: { type: string, maxLength: 5 } }")]
    [InlineData("request-parameter-moved", Severity.Breaking, "{ name: s, in: query", "{ name: s, in: header")]
    [InlineData("path-parameter-renamed", Severity.Note, "  /orders/{id}:", "  /orders/{key}:", "- { name: id, in: path", "- { name: key, in: path")]
    [InlineData("querystring-parameter-added-required", Severity.Breaking, Id, "        - { name: w, in: querystring, required: true, content: { application/json: {} } }\n" + Id)]
    [InlineData("querystring-parameter-added-optional", Severity.Note, Id, "        - { name: w, in: querystring, content: { application/json: {} } }\n" + Id)]
    [InlineData("request-parameter-stability-decreased", Severity.Breaking, "x-stability-level: stable", "x-stability-level: beta")]
    [InlineData("request-body-media-type-name-specialized", Severity.Breaking, "          application/json: {}", "          application/vnd.orders+json: {}")]
    [InlineData("request-item-schema-removed", Severity.Note, "          application/jsonl: { itemSchema: { type: object } }\n      responses", "          application/jsonl: {}\n      responses")]
    [InlineData("response-item-schema-removed", Severity.Breaking, "content: { application/jsonl: { itemSchema: { type: object } } }", "content: { application/jsonl: {} }")]
    [InlineData("request-encoding-content-type-changed", Severity.Breaking, "contentType: image/png", "contentType: image/jpeg")]
    [InlineData("request-encoding-style-changed", Severity.Breaking, "style: form, explode", "style: pipeDelimited, explode")]
    [InlineData("request-encoding-explode-changed", Severity.Breaking, "explode: false, ", "")]
    [InlineData("request-encoding-allow-reserved-changed", Severity.Breaking, ", allowReserved: true }\n          application", " }\n          application")]
    [InlineData("request-encoding-header-removed", Severity.Note, ", headers: { X-Size: { schema: { type: integer } } }", "")]
    [InlineData("request-encoding-header-added-required", Severity.Breaking, "headers: { X-Size", "headers: { X-Sum: { required: true, schema: {} }, X-Size")]
    [InlineData("server-variable-removed", Severity.Breaking, "      tier: { default: free }\n", "")]
    [InlineData("server-variable-added", Severity.Note, "      tier: { default: free }", "      tier: { default: free }\n      port: { default: '1' }")]
    [InlineData("server-variable-default-changed", Severity.Warning, "default: free", "default: paid")]
    [InlineData("server-variable-enum-value-removed", Severity.Breaking, "[eu, us]", "[eu]")]
    [InlineData("server-variable-enum-value-added", Severity.Note, "[eu, us]", "[eu, us, ap]")]
    [InlineData("callback-operation-removed", Severity.Breaking, "            post: { responses: { '200': { description: Heard } } }\n  /lines", "            put: { responses: { '200': { description: Heard } } }\n  /lines")]
    [InlineData("callback-operation-added", Severity.Warning, "            post: { responses: { '200': { description: Heard } } }\n  /lines", "            post: { responses: { '200': { description: Heard } } }\n            put: { responses: { '200': { description: Heard } } }\n  /lines")]
    [InlineData("webhook-operation-removed", Severity.Breaking, "  made:\n    post", "  made:\n    put")]
    [InlineData("webhook-operation-added", Severity.Warning, "  made:\n    post", "  made:\n    put: { responses: { '200': { description: Heard } } }\n    post")]
    [InlineData("operation-id-changed", Severity.Warning, "operationId: write", "operationId: store")]
    [InlineData("operation-sunset-postponed", Severity.Note, "'2027-06-01'", "'2027-07-01'")]
    [InlineData("operation-moved", Severity.Breaking, "  /lines:", "  /order-lines:")]
    [InlineData("path-case-changed", Severity.Breaking, "  /lines:", "  /Lines:")]
    [InlineData("path-trailing-slash-changed", Severity.Breaking, "  /lines:", "  /lines/:")]
    [InlineData("openapi-version-lowered", Severity.Warning, "openapi: 3.2.0", "openapi: 3.1.0")]
    [InlineData("extension-changed", Severity.Note, "x-team: orders", "x-team: sales")]
    [InlineData("extension-removed", Severity.Note, "x-team: orders\n", "")]
    [InlineData("extension-added", Severity.Note, "      operationId: write", "      operationId: write\n      x-quota: 5")]
    [InlineData("oauth-device-authorization-url-changed", Severity.Warning, "example.com/device", "example.com/devices")]
    [InlineData("oauth-metadata-url-changed", Severity.Warning, "example.com/meta", "example.com/metadata")]
    [InlineData("security-scheme-deprecated", Severity.Note, "      type: oauth2", "      type: oauth2\n      deprecated: true")]
    [InlineData("xml-name-changed", Severity.Breaking, "name: A", "name: B")]
    [InlineData("xml-namespace-changed", Severity.Breaking, "namespace: n", "namespace: m")]
    [InlineData("xml-prefix-changed", Severity.Warning, "prefix: p", "prefix: o")]
    [InlineData("xml-attribute-changed", Severity.Breaking, ", attribute: true", "")]
    [InlineData("xml-wrapped-changed", Severity.Breaking, "wrapped: true", "wrapped: false")]
    [InlineData("xml-node-type-changed", Severity.Breaking, "nodeType: text", "nodeType: cdata")]
    public void The_edit_is_told_at_its_level_and_nothing_worse_is(string rule, Severity level, string before, string after, string alsoBefore = "", string alsoAfter = "")
    {
        Api.ShouldContain(before);
        var edited = Api.Replace(before, after, StringComparison.Ordinal);
        if (alsoBefore is not "")
            edited = edited.Replace(alsoBefore, alsoAfter, StringComparison.Ordinal);

        var findings = Compare(Api, edited, "davit");

        findings.ShouldContain(f => f.Rule.Id == "oas-" + rule && f.Severity == level, Told(findings));
        findings.ShouldAllBe(f => f.Severity <= level || f.Rule.Id.StartsWith("oas-callback", StringComparison.Ordinal) || f.Rule.Id.StartsWith("oas-webhook", StringComparison.Ordinal), Told(findings));
        findings.ShouldAllBe(f => f.Old != null || f.New != null);
    }

    /// <summary>The reverse of what is tried above.</summary>
    [Theory]
    [InlineData("openapi-version-raised", "openapi: 3.2.0", "openapi: 3.1.0")]
    [InlineData("operation-sunset-added", "      x-sunset: '2027-06-01'\n", "")]
    [InlineData("querystring-parameter-removed", Id, "        - { name: w, in: querystring, content: { application/json: {} } }\n" + Id, true)]
    [InlineData("request-parameter-stability-increased", "x-stability-level: stable", "x-stability-level: beta")]
    [InlineData("request-body-media-type-name-generalized", "          application/json: {}", "          application/vnd.orders+json: {}")]
    [InlineData("request-item-schema-added", "          application/jsonl: { itemSchema: { type: object } }\n      responses", "          application/jsonl: {}\n      responses")]
    [InlineData("response-item-schema-added", "content: { application/jsonl: { itemSchema: { type: object } } }", "content: { application/jsonl: {} }")]
    public void The_reverse_is_told(string rule, string after, string before, bool isForward = false)
    {
        Api.ShouldContain(after);
        var other = Api.Replace(after, before, StringComparison.Ordinal);

        Compare(other, Api, "davit").ShouldContain(f => f.Rule.Id == "oas-" + rule, isForward ? "the parameter is only in the old one" : rule);
    }

    /// <summary>What one rule tells in better words is told once; the other checker's rules go on telling it in its profile.</summary>
    [Theory]
    [InlineData("operation-moved", "  /lines:", "  /order-lines:", "api-path-removed-without-deprecation", "endpoint-added")]
    [InlineData("path-case-changed", "  /lines:", "  /Lines:", "api-path-removed-without-deprecation", "endpoint-added")]
    [InlineData("request-parameter-moved", "{ name: s, in: query", "{ name: s, in: header", "request-parameter-removed", "new-optional-request-parameter")]
    [InlineData("operation-id-changed", "operationId: write", "operationId: store", "api-operation-id-removed")]
    [InlineData("response-body-removed", "          content: { application/jsonl: { itemSchema: { type: object } } }\n", "", "response-media-type-removed")]
    [InlineData("response-range-widened", "        '204': { description: Nothing }", "        2XX: { description: Nothing }", "response-success-status-removed")]
    [InlineData("response-header-removed-with-deprecation", "            Tag: { deprecated: true, schema: { type: string, pattern: '^a' } }\n", "", "optional-response-header-removed")]
    public void An_edit_is_told_once(string rule, string before, string after, params string[] claimed)
    {
        var edited = Api.Replace(before, after, StringComparison.Ordinal);

        Compare(Api, edited, "davit").Select(f => f.Rule.Id).Except(["oas-api-version-not-bumped"]).ShouldBe(["oas-" + rule]);
        Compare(Api, edited, "oasdiff").Select(f => f.Rule.Id).Except(["oas-api-version-not-bumped"]).Order(StringComparer.Ordinal).ShouldBe(claimed.Select(c => "oas-" + c).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("style: form, explode: false, allowReserved: true", "explode: false, allowReserved: true")]
    [InlineData("contentType: image/png, headers", "contentType: image/png, style: form, headers")]
    [InlineData("attribute: true", "attribute: true, wrapped: false")]
    [InlineData("openapi: 3.2.0", "openapi: 3.2.1")]
    public void Writing_a_default_says_nothing(string before, string after) => Compare(Api, Api.Replace(before, after, StringComparison.Ordinal), "davit").ShouldBeEmpty();

    [Theory]
    [InlineData("request-property-wrapped-in-one-of", Severity.Breaking, "post", false)]
    [InlineData("request-property-unwrapped-from-one-of", Severity.Breaking, "post", true)]
    [InlineData("response-property-wrapped-in-one-of", Severity.Breaking, "get", false)]
    [InlineData("response-property-unwrapped-from-one-of", Severity.Note, "get", true)]
    public void Objects_that_are_split_or_joined_are_told(string rule, Severity level, string method, bool isReversed)
    {
        const string One = "{ type: object, required: [a], properties: { a: { type: string } } }";
        const string Split = "{ oneOf: [{ type: object, required: [a], properties: { a: { type: string, minLength: 2 } } }, { type: object, required: [b], properties: { b: { type: string } } }] }";

        Compare(Holding(method, isReversed ? Split : One), Holding(method, isReversed ? One : Split), "strict").ShouldContain(f => f.Rule.Id == "oas-" + rule && f.Severity == level);
    }

    private static string Holding(string method, string schema)
    {
        var body = $"content: {{ application/json: {{ schema: {{ type: object, properties: {{ m: {schema} }} }} }} }}";
        return "openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths:\n  /a:\n    " + (method is "get" ? $"get: {{ responses: {{ '200': {{ description: D, {body} }} }} }}" : $"post: {{ requestBody: {{ {body} }}, responses: {{ '200': {{ description: D }} }} }}") + "\n";
    }

    [Fact]
    public void What_outlives_its_end_is_told_even_when_nothing_changed()
    {
        var late = Api.Replace("'2027-06-01'", "'2027-01-01'", StringComparison.Ordinal);

        Compare(late, late, "davit").Select(f => f.Rule.Id).ShouldBe(["oas-operation-sunset-passed"]);
    }

    [Fact]
    public void The_same_description_differs_in_nothing() => Compare(Api, Api, "davit").ShouldBeEmpty();

    private static string Told(IEnumerable<Finding> findings) => string.Join('\n', findings.Select(f => $"{f.Severity} {f.Rule.Id} {f.Text}"));

    private static ImmutableArray<Finding> Compare(string old, string @new, string profile) =>
        Comparison.Of(Source(old), Source(@new), new ComparisonOptions(new DateOnly(2027, 1, 31)) { Profile = profile }).Findings;

    private static ContractSource Source(string text) => ContractSource.Of("api.yaml", Encoding.UTF8.GetBytes(text));
}
