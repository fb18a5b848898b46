namespace Davit.Contracts.Tests.OpenApi.Pairs;

/// <summary>Parameters as a whole.</summary>
internal static class ParameterPairs
{
    private const string Query = "{ name: q, in: query, schema: { type: string } }";

    public static RulePair[] All => [.. Coming, .. Writing, .. Lives];

    private static RulePair[] Coming =>
    [
        RulePair.Parameter("new-optional-request-parameter", "", Query),
        RulePair.Parameter("new-required-request-parameter", "", "{ name: q, in: query, required: true, schema: { type: string } }"),
        RulePair.Parameter("new-request-path-parameter", "", "{ name: q, in: path, required: true, schema: { type: string } }"),
        RulePair.Path("new-optional-request-default-parameter-to-existing-path", "{ get: { responses: {} } }", $"{{ parameters: [{Query}], get: {{ responses: {{}} }} }}"),
        RulePair.Path("new-required-request-default-parameter-to-existing-path", "{ get: { responses: {} } }", "{ parameters: [{ name: q, in: query, required: true, schema: {} }], get: { responses: {} } }"),
        RulePair.Parameter("request-parameter-removed", Query, ""),
        RulePair.Parameter("request-parameter-moved", Query, "{ name: q, in: header, schema: { type: string } }"),
        RulePair.Parameter("request-parameter-became-required", Query, "{ name: q, in: query, required: true, schema: { type: string } }"),
        RulePair.Parameter("request-parameter-became-optional", "{ name: q, in: query, required: true, schema: { type: string } }", Query),
        RulePair.Parameter("querystring-parameter-added-required", "", "{ name: w, in: querystring, required: true, content: { application/json: {} } }"),
        RulePair.Parameter("querystring-parameter-added-optional", "", "{ name: w, in: querystring, content: { application/json: {} } }"),
        RulePair.Parameter("querystring-parameter-removed", "{ name: w, in: querystring, content: { application/json: {} } }", ""),
        new("path-parameter-renamed", Named("id"), Named("key")),
    ];

    private static RulePair[] Writing =>
    [
        RulePair.Parameter("request-parameter-style-changed", "{ name: q, in: query, schema: { type: array } }", "{ name: q, in: query, style: spaceDelimited, explode: true, schema: { type: array } }"),
        RulePair.Parameter("request-parameter-explode-changed", "{ name: q, in: query, schema: { type: array } }", "{ name: q, in: query, explode: false, schema: { type: array } }"),
        RulePair.Parameter("request-parameter-allow-empty-value-granted", Query, "{ name: q, in: query, allowEmptyValue: true, schema: { type: string } }"),
        RulePair.Parameter("request-parameter-allow-empty-value-withdrawn", "{ name: q, in: query, allowEmptyValue: true, schema: { type: string } }", Query),
        RulePair.Parameter("request-parameter-allow-reserved-granted", Query, "{ name: q, in: query, allowReserved: true, schema: { type: string } }"),
        RulePair.Parameter("request-parameter-allow-reserved-withdrawn", "{ name: q, in: query, allowReserved: true, schema: { type: string } }", Query),
        RulePair.Parameter("request-parameter-content-type-changed", "{ name: q, in: query, content: { application/json: {} } }", "{ name: q, in: query, content: { application/xml: {} } }"),
        RulePair.Parameter("request-parameter-schema-to-content", Query, "{ name: q, in: query, content: { application/json: { schema: { type: string } } } }"),
    ];

    private static RulePair[] Lives =>
    [
        Life("deprecated", "", "deprecated: true"),
        Life("reactivated", "deprecated: true", ""),
        Life("deprecated-sunset-missing", "", "deprecated: true") with { Notice = 180 },
        Life("sunset-parse", "deprecated: true, x-sunset: '2028-01-01'", "deprecated: true, x-sunset: soon"),
        Life("sunset-date-too-small", "", "deprecated: true, x-sunset: '2027-03-01'") with { Notice = 180 },
        Life("sunset-date-changed-too-small", "deprecated: true, x-sunset: '2028-01-01'", "deprecated: true, x-sunset: '2027-03-01'") with { Notice = 180 },
        Life("sunset-deleted", "deprecated: true, x-sunset: '2028-01-01'", "deprecated: true"),
        Life("stability-decreased", "x-stability-level: stable", "x-stability-level: beta"),
        Life("stability-increased", "x-stability-level: beta", "x-stability-level: stable"),
        RulePair.Parameter("request-parameter-removed-with-deprecation", Living("deprecated: true"), ""),
        RulePair.Parameter("request-parameter-removed-before-sunset", Living("deprecated: true, x-sunset: '2028-01-01'"), ""),
    ];

    private static RulePair Life(string fact, string old, string @new) => RulePair.Parameter($"request-parameter-{fact}", Living(old), Living(@new));

    private static string Living(string life) => $"{{ name: q, in: query, schema: {{ type: string }}{(life is "" ? "" : ", " + life)} }}";

    private static string Named(string name) => $"openapi: 3.2.0\ninfo: {{ title: T, version: 1.0.0 }}\npaths:\n  '/a/{{{name}}}': {{ get: {{ parameters: [{{ name: {name}, in: path, required: true, schema: {{ type: string }} }}], responses: {{}} }} }}\n";
}
