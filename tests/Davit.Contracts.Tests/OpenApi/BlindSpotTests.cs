using System.Collections.Immutable;
using System.Text;
using Davit.Contracts.Findings;

namespace Davit.Contracts.Tests.OpenApi;

/// <summary>Edits that break consumers and that another checker passes or calls harmless.</summary>
public sealed class BlindSpotTests
{
    private const string Api = """
        openapi: 3.1.0
        info: { title: Orders, version: 1.0.0 }
        servers:
          - url: https://api.example.com/v1
        security:
          - key: []
        paths:
          /orders:
            get:
              parameters:
                - { name: tag, in: query, style: form, explode: true, allowEmptyValue: true, schema: { type: array, items: { type: string } } }
              responses: { '200': { description: Orders } }
            post:
              requestBody:
                content:
                  application/json:
                    schema: { $ref: '#/components/schemas/Order' }
              responses: { '201': { description: Made } }
              callbacks:
                shipped:
                  '{$request.body#/url}':
                    post:
                      requestBody:
                        content:
                          application/json:
                            schema: { type: object, required: [id], properties: { id: { type: string } } }
                      responses: { '200': { description: Heard } }
        components:
          schemas:
            Order:
              type: object
              minProperties: 1
              maxProperties: 9
              properties:
                lines: { type: array, items: { type: string } }
                price: { type: number, multipleOf: 0.01 }
                state: { type: string }
          securitySchemes:
            key: { type: apiKey, in: header, name: X-Key }
            token: { type: http, scheme: bearer }
        """;

    [Theory]
    [InlineData("      maxProperties: 9", "      maxProperties: 9\n      additionalProperties: false", "oas-request-body-additional-properties-closed")]
    [InlineData("lines: { type: array,", "lines: { type: array, uniqueItems: true,", "oas-request-property-unique-items-added")]
    [InlineData("multipleOf: 0.01", "multipleOf: 0.05", "oas-request-property-multiple-of-tightened")]
    [InlineData("multipleOf: 0.01", "multipleOf: 0.015", "oas-request-property-multiple-of-changed")]
    [InlineData("minProperties: 1", "minProperties: 2", "oas-request-body-min-properties-increased")]
    [InlineData("maxProperties: 9", "maxProperties: 8", "oas-request-body-max-properties-decreased")]
    [InlineData("state: { type: string }", "state: { type: string, not: { const: lost } }", "oas-request-property-not-added")]
    [InlineData("style: form, explode: true", "style: spaceDelimited, explode: true", "oas-request-parameter-style-changed")]
    [InlineData("style: form, explode: true", "style: form, explode: false", "oas-request-parameter-explode-changed")]
    [InlineData("allowEmptyValue: true", "allowEmptyValue: false", "oas-request-parameter-allow-empty-value-withdrawn")]
    [InlineData("        shipped:", "        sent:", "oas-callback-removed")]
    [InlineData("required: [id], properties: { id: { type: string } }", "properties: { id: { type: string } }", "oas-response-property-became-optional")]
    [InlineData("example.com/v1", "example.com/v2", "oas-server-base-path-changed")]
    [InlineData("name: X-Key", "name: X-Api-Key", "oas-api-key-name-changed")]
    [InlineData("in: header, name", "in: query, name", "oas-api-key-location-changed")]
    [InlineData("scheme: bearer", "scheme: basic", "oas-http-scheme-changed")]
    [InlineData("  - key: []", "  - token: []", "oas-security-alternative-removed")]
    public void The_break_is_found(string before, string after, string rule)
    {
        Api.ShouldContain(before);

        var breaks = Compare(Api, Api.Replace(before, after, StringComparison.Ordinal)).Where(f => f.Severity is Severity.Breaking).ToList();

        breaks.ShouldContain(f => f.Rule.Id == rule);
        breaks.ShouldAllBe(f => f.Old != null || f.New != null);
        breaks.ShouldAllBe(f => f.Fingerprint.Length == 16);
    }

    /// <summary>The other checker notes that a name came and another went; what counts is that callers with a key are refused.</summary>
    [Fact]
    public void Another_way_to_prove_who_one_is_is_told_once()
    {
        var findings = Compare(Api, Api.Replace("  - key: []", "  - token: []", StringComparison.Ordinal));

        findings.Where(f => f.Path is "/orders" && f.Operation is "GET").Select(f => f.Rule.Id).ShouldBe(["oas-security-alternative-removed", "oas-security-alternative-added"]);
        findings.ShouldNotContain(f => f.Rule.Id.Contains("global-security", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("  - key: []", "  - secret: []", "    key: { type", "    secret: { type")]
    [InlineData("style: form, explode: true, ", "", "openapi: 3.1.0", "openapi: 3.1.1")]
    public void What_says_the_same_otherwise_breaks_nobody(string before, string after, string alsoBefore, string alsoAfter)
    {
        var rewritten = Api.Replace(before, after, StringComparison.Ordinal).Replace(alsoBefore, alsoAfter, StringComparison.Ordinal);
        rewritten.ShouldNotBe(Api);

        Compare(Api, rewritten).ShouldAllBe(f => f.Severity == Severity.Note);
    }

    private static ImmutableArray<Finding> Compare(string old, string @new) => Comparison.Of(Source(old), Source(@new), new ComparisonOptions(new DateOnly(2027, 1, 31))).Findings;

    private static ContractSource Source(string text) => ContractSource.Of("api.yaml", Encoding.UTF8.GetBytes(text));
}
