using System.Text;

namespace Davit.Contracts.Tests.OpenApi;

/// <summary>What the profile <c>optic</c> says of an edit, under the names of that checker.</summary>
public sealed class OpticTests
{
    private const string Alternatives = "{ oneOf: [{ type: number }, { type: object, properties: { id: { type: string }, name: { type: string } }, required: [id, name] }] }";

    [Theory]
    [InlineData("{ type: string }", "{ type: integer }", "prevent request property type changes")]
    [InlineData("{ type: integer }", "{ type: number }", "prevent request property type changes")]
    [InlineData("{ type: object, properties: { a: { type: string } } }", "{ type: object, properties: { a: { type: string } }, required: [a] }", "prevent changing request property to required")]
    [InlineData("{ type: object, properties: { a: { enum: [x, y] } } }", "{ type: object, properties: { a: { enum: [x] } } }", "request and response property enums")]
    [InlineData("{ type: string }", "{ oneOf: [{ type: string }, { type: integer }] }", "prevent expanded in request union types")]
    [InlineData("{ oneOf: [{ type: string }, { type: integer }] }", "{ type: string }", "")]
    [InlineData("{ type: string }", "{ type: string, maxLength: 3 }", "")]
    public void A_request(string old, string @new, string expected) => Told(Request(old), Request(@new)).ShouldBe(expected);

    [Theory]
    [InlineData("{ type: string }", "{ type: integer }", "prevent response property type changes")]
    [InlineData("{ type: object, properties: { a: {} } }", "{ type: object }", "prevent removing response property")]
    [InlineData("{ type: object, properties: { a: {} }, required: [a] }", "{ type: object, properties: { a: {} } }", "prevent making response property optional")]
    [InlineData("{ type: object, properties: { a: { enum: [x] } } }", "{ type: object, properties: { a: { enum: [x, y] } } }", "request and response property enums")]
    [InlineData("{ type: string }", "{ oneOf: [{ type: string }, { type: integer }] }", "")]
    [InlineData("{ type: [number, object], properties: { id: { type: string }, name: { type: string } }, required: [id, name] }", "{ oneOf: [{ type: number }, { type: object, properties: { id: { type: string }, name: { type: string } } }] }", "prevent narrowing in response union types")]
    [InlineData("{ oneOf: [{ type: number }, { type: object, properties: { id: { type: string } }, required: [id] }, { type: object, properties: { id: { type: string }, name: { type: string } }, required: [id, name] }] }", Alternatives, "")]
    [InlineData(Alternatives, "{ type: number }", "prevent narrowing in response union types")]
    public void A_response(string old, string @new, string expected) => Told(Response(old), Response(@new)).ShouldBe(expected);

    [Theory]
    [InlineData("query")]
    [InlineData("header")]
    [InlineData("cookie")]
    [InlineData("path")]
    public void A_parameter(string place)
    {
        string Of(string schema, bool isRequired = true) => Operation($"parameters: [{{ name: p, in: {place}, required: {(isRequired ? "true" : "false")}, schema: {schema} }}]");

        Told(Of("{ type: string }"), Of("{ type: number }")).ShouldBe($"prevent {place} parameters type changes");
        Told(Of("{ type: string }"), Of("{ type: string, enum: [a] }")).ShouldBe($"prevent {place} parameters enum breaking changes");
        Told(Of("{ const: a }"), Of("{ const: b }")).ShouldBe($"prevent {place} parameters enum breaking changes");
        Told(Of("{ const: a }"), Of("{ enum: [a] }")).ShouldBe("");
        if (place is "path")
            return;
        Told(Of("{ type: string }", isRequired: false), Of("{ type: string }")).ShouldBe($"prevent requiring existing {place} parameters");
        Told(Operation("parameters: []"), Of("{ type: string }")).ShouldBe($"prevent new required {place} parameters");
    }

    [Fact]
    public void What_is_gone()
    {
        Told(Operation("responses: { '200': { description: d } }"), Operation("responses: {}")).ShouldBe("prevent response status code removal");
        Told(Operation("responses: {}"), "openapi: 3.1.0\ninfo: { title: T, version: 0.0.0 }\npaths: {}").ShouldBe("prevent operation removal");
    }

    [Fact]
    public void Alternatives_that_use_themselves_end()
    {
        static string Of(string type) => Response("{ $ref: '#/components/schemas/A' }") + $"\ncomponents: {{ schemas: {{ A: {{ oneOf: [{{ $ref: '#/components/schemas/A' }}, {{ type: array, items: {{ $ref: '#/components/schemas/A' }} }}, {{ type: {type} }}] }} }} }}";

        Told(Of("string"), Of("string")).ShouldBe("");
        Told(Of("string"), Of("boolean")).ShouldNotContain("truncated");
    }

    /// <summary>While U is looked at, Y fits as long as X does; X does not, and Y has to be asked again.</summary>
    [Fact]
    public void What_fitted_only_under_an_assumption_that_failed_is_asked_again()
    {
        static string Of(string alternatives, string type) => Response($"{{ oneOf: [{alternatives}] }}") + $$"""

            components: { schemas: {
              U: { type: object, properties: { kind: { enum: [u] }, x: { $ref: '#/components/schemas/X' } } },
              V: { type: object, properties: { kind: { enum: [u] } } },
              X: { type: object, properties: { y: { $ref: '#/components/schemas/Y' }, z: { type: {{type}} } } },
              Y: { type: object, properties: { kind: { enum: [y] }, x: { $ref: '#/components/schemas/X' } } } } }
            """;
        const string Both = "{ $ref: '#/components/schemas/U' }, { $ref: '#/components/schemas/Y' }";

        Told(Of(Both, "string"), Of(Both + ", { $ref: '#/components/schemas/V' }", "integer")).ShouldContain("prevent narrowing in response union types");
        Told(Of(Both, "string"), Of(Both + ", { $ref: '#/components/schemas/V' }", "string")).ShouldBe("");
    }

    private static string Told(string old, string @new) => string.Join(", ", Comparison.Of(Source(old), Source(@new), new ComparisonOptions(new DateOnly(2027, 3, 1)) { Profile = "optic" }).Findings
        .Select(f => f.Rule.Alias?.Id ?? f.Rule.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static string Request(string schema) => Operation($"requestBody: {{ content: {{ application/json: {{ schema: {schema} }} }} }}");

    private static string Response(string schema) => Operation($"responses: {{ '200': {{ description: d, content: {{ application/json: {{ schema: {schema} }} }} }} }}");

    private static string Operation(string members) => $"openapi: 3.1.0\ninfo: {{ title: T, version: 0.0.0 }}\npaths: {{ '/api/users': {{ get: {{ {members} }} }} }}";

    private static ContractSource Source(string text) => ContractSource.Of("api.yaml", Encoding.UTF8.GetBytes(text));
}
