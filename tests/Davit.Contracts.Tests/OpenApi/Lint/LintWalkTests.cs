using System.Text;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;

namespace Davit.Contracts.Tests.OpenApi.Lint;

/// <summary>What is looked at, where it is said to stand, and documents that are made to take forever.</summary>
public sealed class LintWalkTests
{
    private const string Head = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\n";

    [Theory]
    [InlineData("paths: { /a: { get: { responses: { '200': { description: D, content: { application/json: { schema: { enum: [] } } } } } } } }", "GET", "/a", "/responses/200/content/application~1json/schema/enum")]
    [InlineData("paths: { /a: { post: { callbacks: { c: { '{$url}': { post: { requestBody: { content: { text/plain: { schema: { items: { enum: [] } } } } } } } } } } } }", "POST", "/a", "/callbacks/c/{$url}/post/requestBody/content/text~1plain/schema/items/enum")]
    [InlineData("paths: { /a: { parameters: [{ name: q, in: query, schema: { enum: [] } }] } }", "", "/a", "/parameters/0/schema/enum")]
    [InlineData("webhooks: { w: { post: { requestBody: { content: { text/plain: { schema: { anyOf: [{ not: { enum: [] } }] } } } } } } }", "", "", "/webhooks/w/post/requestBody/content/text~1plain/schema/anyOf/0/not/enum")]
    [InlineData("components: { schemas: { x-odd: { properties: { x-a: { prefixItems: [{ $defs: { d: { dependentSchemas: { e: { enum: [] } } } } }] } } } } }", "", "", "/components/schemas/x-odd/properties/x-a/prefixItems/0/$defs/d/dependentSchemas/e/enum")]
    [InlineData("paths: { /a: { $ref: '#/x-own/path' } }\n", "", "/a", "/$ref")]
    public void A_finding_says_where(string text, string operation, string path, string place)
    {
        var finding = Lint(Head + text, "oasdiff").ShouldHaveSingleItem();

        (finding.Operation, finding.Path).ShouldBe((operation, path));
        finding.New!.JsonPointer.ShouldEndWith(place);
        finding.New.Position.Line.ShouldBe(3);
    }

    /// <summary>Values and names that look like objects of a description are none.</summary>
    [Fact]
    public void What_only_looks_like_a_part_is_left_alone() =>
        Lint(Head + """
            components:
              schemas:
                A:
                  properties:
                    enum: { type: string }
                    $ref: { type: string }
                    required: { type: boolean }
                  default: { type: file, enum: a, $ref: nowhere }
                  x-other: { type: file }
              examples:
                E: { value: { $ref: '#/nowhere', enum: [] } }
            """, "oasdiff").ShouldBeEmpty();

    [Fact]
    public void Parts_in_other_files_are_looked_at_once_and_named_by_their_file()
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["api.yaml"] = Head + "components: { schemas: { A: { $ref: 'more.yaml#/a' }, B: { $ref: 'more.yaml#/a' }, C: { $ref: '../up.yaml' }, D: { $ref: 'https://example.com/a.yaml' } } }",
            ["more.yaml"] = "a: { enum: [], items: { $ref: 'api.yaml#/components/schemas/B' } }",
        };

        var findings = ContractLinting.Of(new ContractSource("api.yaml", p => files.TryGetValue(p, out var text) ? Encoding.UTF8.GetBytes(text) : null), new ComparisonOptions(new DateOnly(2027, 1, 31)) { Profile = "oasdiff" });

        findings.Select(f => $"{f.New!.Position.File} {f.Rule.Id}").ShouldBe(["api.yaml oas-lint-unresolved-ref", "more.yaml oas-lint-enum-empty"]);
    }

    [Theory]
    [InlineData("components: { schemas: { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } } }")]
    [InlineData("components: { schemas: { A: { $ref: '#/components/schemas/A' } } }")]
    [InlineData("components: { parameters: { A: { $ref: '#/components/parameters/A' } } }")]
    public void References_in_a_circle_are_told(string text) => Lint(Head + text, "oasdiff").ShouldAllBe(f => f.Rule.Id == "oas-lint-unresolved-ref");

    /// <summary>Each schema holds the next one twice, and all examples are wrong.</summary>
    [Fact]
    public void Shared_schemas_are_not_walked_once_per_way()
    {
        var text = new StringBuilder(Head).Append("components:\n  schemas:\n");
        for (var i = 0; i < 60; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"    S{i}: {{ example: {{ a: 1, b: 2 }}, required: [a, b], properties: {{ a: {{ $ref: '#/components/schemas/S{i + 1}' }}, b: {{ $ref: '#/components/schemas/S{i + 1}' }} }} }}\n");
        text.Append("    S60: { required: [a], properties: { a: { $ref: '#/components/schemas/S0' } } }\n");
        var watch = System.Diagnostics.Stopwatch.StartNew();

        Lint(text.ToString(), "davit");

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("{ x-teams: { a: 1 }, schemas: [{}, {}], parameters: 3 }")]
    [InlineData("[{ a: {} }]")]
    public void What_is_no_component_is_not_missed(string components) =>
        Lint(Head + $"components: {components}", "davit").ShouldNotContain(f => f.Rule.Id == "oas-lint-unused-component");

    /// <summary>Each schema requires the next one.</summary>
    [Theory]
    [InlineData("{ $ref: '#/components/schemas/S0' }", true)]
    [InlineData("{ type: string }", false)]
    public void Long_chains_of_schemas_are_followed_to_their_end(string last, bool isEndless)
    {
        const int Length = 15_000;
        var text = new StringBuilder(Head).Append("components:\n  schemas:\n");
        for (var i = 0; i < Length; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"    S{i}: {{ required: [n], properties: {{ n: {{ $ref: '#/components/schemas/S{i + 1}' }} }} }}\n");
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"    S{Length}: {{ allOf: [{{ required: [n], properties: {{ n: {last} }} }}] }}\n");
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var findings = Lint(text.ToString(), "davit");

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
        findings.Count(f => f.Rule.Id == "oas-lint-recursive-schema-without-exit").ShouldBe(isEndless ? Length + 1 : 0);
    }

    [Theory]
    [InlineData("{ anyOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }] }", "{ allOf: [{ $ref: '#/components/schemas/A' }] }", "A B")]
    [InlineData("{ anyOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }] }", "{ type: array, minItems: 1, items: {} }", "")]
    [InlineData("{ allOf: [{ type: object }, { $ref: '#/components/schemas/B' }] }", "{ type: array, minItems: 1, items: { $ref: '#/components/schemas/B' } }", "A B")]
    [InlineData("{ oneOf: [{ $ref: '#/components/schemas/B' }] }", "{ type: [object, 'null'], required: [a], properties: { a: { $ref: '#/components/schemas/A' } } }", "")]
    [InlineData("{ required: [a, b], properties: { a: { $ref: '#/components/schemas/B' }, b: { $ref: '#/components/schemas/A' } } }", "{ required: [c], properties: {} }", "A")]
    public void A_schema_is_endless_when_no_way_out_of_it_ends(string a, string b, string endless) =>
        string.Join(' ', Lint(Head + $"components: {{ schemas: {{ A: {a}, B: {b} }} }}", "davit").Where(f => f.Rule.Id == "oas-lint-recursive-schema-without-exit").Select(f => f.New!.JsonPointer[^1])).ShouldBe(endless);

    [Theory]
    [InlineData("openapi: 3.1.0\ninfo: 5\npaths: [1]\ncomponents: yes\nservers: {}\nsecurity: 3\ntags: [1, null]\n")]
    [InlineData("openapi: 3.1.0\ninfo: { title: [], version: {} }\npaths: { /a: 1, /b: { get: 2, parameters: { a: 1 } }, /c: { get: { parameters: [1], responses: 3, tags: [1], security: [1, { a: 2 }] } } }\n")]
    [InlineData("openapi: 3.0.0\ninfo: {}\npaths: {}\ncomponents: { schemas: { A: 1, B: { type: 1, enum: 2, required: a, properties: [], items: [], minimum: a, pattern: 1, discriminator: a, default: { a: 1, a: 2 } } }, securitySchemes: { S: { type: 1, flows: 2 } } }\n")]
    [InlineData("swagger: '2.0'\ninfo: { title: T, version: '1', license: 4 }\npaths: { /a: { get: { parameters: [{ in: body, schema: 3 }], responses: { '200': { schema: { $ref: 4 } } } } } }\n")]
    public void Documents_of_the_wrong_shape_are_told_and_crash_nothing(string text) => Lint(text, "davit");

    [Fact]
    public void Of_version_2_only_newer_keywords_are_told() =>
        Lint("swagger: '2.0'\ninfo: { title: T, version: '1' }\npaths: { /a: { get: { responses: { '200': { description: D, schema: { const: 1, enum: [] } } } } } }\ndefinitions: { A: { if: {} } }\n", "davit")
            .Select(f => f.Rule.Id).ShouldBe(["oas-lint-const-field-for-3-1-plus", "oas-lint-if-field-for-3-1-plus"]);

    [Theory]
    [InlineData("type: object", UnreadableCodes.Format)]
    [InlineData("asyncapi: 3.0.0", UnreadableCodes.Format)]
    [InlineData("openapi: 4.0.0", UnreadableCodes.Version)]
    [InlineData("openapi: [", UnreadableCodes.Syntax)]
    public void What_is_no_description_is_refused(string text, string code) => Should.Throw<UnreadableException>(() => Lint(text, "davit")).Code.ShouldBe(code);

    private static System.Collections.Immutable.ImmutableArray<Finding> Lint(string text, string profile) =>
        ContractLinting.Of(ContractSource.Of("api.yaml", Encoding.UTF8.GetBytes(text)), new ComparisonOptions(new DateOnly(2027, 1, 31)) { Profile = profile });
}
