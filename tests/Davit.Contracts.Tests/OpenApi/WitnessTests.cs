using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Rules;
using Davit.Testing;

namespace Davit.Contracts.Tests.OpenApi;

/// <summary>Breaks are proven by values.</summary>
public sealed class WitnessTests
{
    private const double Least = 0.85;

    private static readonly HashSet<string> AboutSchemas = [.. OpenApiRules.Schemas.SelectMany(r => r.Specs)
        .Concat(OpenApiRules.Values.SelectMany(r => r.Specs)).Concat(OpenApiRules.Entries.SelectMany(r => r.Specs)).Concat(OpenApiRules.Members.SelectMany(r => r.Specs)).Select(r => r.Id)];

    [Theory]
    [InlineData("{ type: integer, maximum: 10 }", "{ type: integer, maximum: 9 }", "10", "old")]
    [InlineData("{ type: string, enum: [a, b] }", "{ type: string, enum: [a] }", "\"b\"", "old")]
    [InlineData("{ type: object }", "{ type: object, required: [id], properties: { id: { type: string } } }", "{}", "old")]
    [InlineData("{ type: [string, 'null'] }", "{ type: string }", "null", "old")]
    public void A_request_that_was_accepted_is_refused(string old, string @new, string value, string acceptedBy)
    {
        var witness = Breaks(Request(old), Request(@new)).ShouldHaveSingleItem().Witness!;

        (witness.Value, witness.AcceptedBy, witness.RefusedBy).ShouldBe((value, acceptedBy, "new"));
    }

    [Fact]
    public void A_response_that_was_impossible_is_sent()
    {
        var witness = Breaks(Response("{ type: integer, minimum: 1 }"), Response("{ type: integer, minimum: 0 }")).ShouldHaveSingleItem().Witness!;

        (witness.Value, witness.AcceptedBy).ShouldBe(("0", "new"));
    }

    /// <summary>By its words a rule fires, but every value that was allowed is allowed still; in the strict profile the words count.</summary>
    [Fact]
    public void What_is_proven_safe_breaks_nobody()
    {
        const string Old = "{ type: string, enum: [a, b] }";
        const string New = "{ type: string, enum: [a, b], maxLength: 5, allOf: [ { minLength: 1 } ] }";

        Breaks(Request(Old), Request(New)).ShouldBeEmpty();
        Breaks(Request(Old), Request(New), "strict").ShouldNotBeEmpty();
    }

    /// <summary>The schema is worded alike on both sides; what it refers to is not.</summary>
    [Fact]
    public void Equal_words_that_refer_to_other_things_prove_nothing()
    {
        const string Old = "openapi: 3.1.0\ninfo: { title: A, version: '1' }\npaths: { /a: { post: { requestBody: { content: { application/json: { schema: { oneOf: [ { $ref: '#/components/schemas/A' }, { type: 'null' } ], maxProperties: 9 } } } }, responses: {} } } }\ncomponents: { schemas: { A: { type: object } } }\n";

        var breaks = Breaks(Old, Old.Replace("maxProperties: 9", "maxProperties: 8", StringComparison.Ordinal).Replace("{ type: object }", "{ type: object, required: [id] }", StringComparison.Ordinal));

        breaks.ShouldNotBeEmpty();
        breaks.ShouldAllBe(f => f.Witness != null);
        Breaks(Old, Old.Replace("{ type: object }", "{ type: object, minProperties: 1 }", StringComparison.Ordinal)).ShouldHaveSingleItem().Witness!.Value.ShouldBe("{}");
    }

    [Fact]
    public void Most_breaks_of_the_corpus_are_proven()
    {
        var folder = Path.Combine(Repository.Corpora ?? "", "contracts", "oasdiff", "pairs");
        Assert.SkipUnless(Directory.Exists(folder), "THE CORPUS IS MISSING: oasdiff/pairs is expected in ../shared/corpora/contracts beside the checkout; nothing was checked");

        var breaks = Directory.EnumerateDirectories(folder).SelectMany(pair => Compare(File.ReadAllBytes(Path.Combine(pair, "base.json")), File.ReadAllBytes(Path.Combine(pair, "revision.json")), "davit"))
            .Where(f => f.Severity is Severity.Breaking && AboutSchemas.Contains(f.Rule.Id)).ToList();
        var proven = breaks.Count(f => f.Witness is not null);

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{proven} of {breaks.Count} breaking findings about schemas carry a witness"));
        foreach (var rule in breaks.Where(f => f.Witness is null).GroupBy(f => f.Rule.Id).OrderByDescending(g => g.Count()).Take(25))
            TestContext.Current.TestOutputHelper?.WriteLine($"without: {rule.Key} {rule.Count()}");
        ((double)proven / breaks.Count).ShouldBeGreaterThanOrEqualTo(Least);
        breaks.ShouldAllBe(f => f.Witness == null || IsJson(f.Witness.Value));
    }

    private static bool IsJson(string text)
    {
        JsonDocument.Parse(text).Dispose();
        return true;
    }

    private static List<Finding> Breaks(string old, string @new, string profile = "davit") =>
        [.. Compare(Encoding.UTF8.GetBytes(old), Encoding.UTF8.GetBytes(@new), profile).Where(f => f.Severity is Severity.Breaking)];

    private static ImmutableArray<Finding> Compare(byte[] old, byte[] @new, string profile) =>
        Comparison.Of(ContractSource.Of("api.yaml", old), ContractSource.Of("api.yaml", @new), new ComparisonOptions(new DateOnly(2026, 11, 20)) { Profile = profile }).Findings;

    private static string Request(string schema) => $$"""
        openapi: 3.1.0
        info: { title: A, version: '1' }
        paths: { /a: { post: { requestBody: { content: { application/json: { schema: {{schema}} } } }, responses: {} } } }
        """;

    private static string Response(string schema) => $$"""
        openapi: 3.1.0
        info: { title: A, version: '1' }
        paths: { /a: { get: { responses: { '200': { description: A, content: { application/json: { schema: {{schema}} } } } } } } }
        """;
}
