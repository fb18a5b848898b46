namespace Davit.Contracts.Tests.OpenApi.Pairs;

/// <summary>Operations and paths, and the document that holds them.</summary>
internal static class OperationPairs
{
    private const string Ends = "deprecated: true, x-sunset: '2028-01-01'";
    private const string Kept = "get: { responses: {} }";

    public static RulePair[] All => [.. Coming, .. Lives, .. Names, .. Calls, .. Servers, .. Documents];

    private static RulePair[] Coming =>
    [
        Second("endpoint-added", "", "post: { responses: {} }"),
        Second("api-removed-without-deprecation", "post: { responses: {} }", ""),
        Second("api-removed-with-deprecation", "post: { deprecated: true, responses: {} }", ""),
        Second("api-removed-before-sunset", $"post: {{ {Ends}, responses: {{}} }}", ""),
        Second("api-path-sunset-parse", "post: { deprecated: true, x-sunset: soon, responses: {} }", ""),
        Other("api-path-removed-without-deprecation", "/b: { get: { responses: {} } }", ""),
        Other("api-path-removed-with-deprecation", "/b: { get: { deprecated: true, responses: {} } }", ""),
        Other("api-path-removed-before-sunset", $"/b: {{ get: {{ {Ends}, responses: {{}} }} }}", ""),
        Other("operation-moved", "/b: { get: { operationId: b, responses: {} } }", "/c: { get: { operationId: b, responses: {} } }"),
        Other("path-case-changed", "/b: { get: { responses: {} } }", "/B: { get: { responses: {} } }"),
        Other("path-trailing-slash-changed", "/b: { get: { responses: {} } }", "/b/: { get: { responses: {} } }"),
    ];

    private static RulePair[] Lives =>
    [
        RulePair.Get("endpoint-deprecated", "deprecated: false", "deprecated: true"),
        RulePair.Get("endpoint-deprecated-with-sunset", "deprecated: false", Ends),
        RulePair.Get("endpoint-reactivated", "deprecated: true", "deprecated: false"),
        RulePair.Get("api-deprecated-sunset-missing", "deprecated: false", "deprecated: true") with { Notice = 180 },
        RulePair.Get("api-deprecated-sunset-parse", "deprecated: false", "deprecated: true, x-sunset: soon"),
        RulePair.Get("api-sunset-date-too-small", "deprecated: false", "deprecated: true, x-sunset: '2027-03-01'") with { Notice = 180 },
        RulePair.Get("api-sunset-date-changed-too-small", Ends, "deprecated: true, x-sunset: '2027-03-01'") with { Notice = 180 },
        RulePair.Get("sunset-deleted", Ends, "deprecated: true"),
        RulePair.Get("operation-sunset-added", "deprecated: true", Ends),
        RulePair.Get("operation-sunset-postponed", Ends, "deprecated: true, x-sunset: '2029-01-01'"),
        RulePair.Get("operation-sunset-passed", "deprecated: true, x-sunset: '2027-01-01'", "deprecated: true, x-sunset: '2027-01-01'"),
        RulePair.Get("api-stability-decreased", "x-stability-level: stable", "x-stability-level: beta"),
        RulePair.Get("api-stability-increased", "x-stability-level: beta", "x-stability-level: stable"),
        RulePair.Get("api-invalid-stability-level", "x-stability-level: beta", "x-stability-level: firm"),
    ];

    private static RulePair[] Names =>
    [
        RulePair.Get("api-operation-id-added", "", "operationId: a"),
        RulePair.Get("api-operation-id-removed", "operationId: a", ""),
        RulePair.Get("operation-id-changed", "operationId: a", "operationId: b"),
        RulePair.Get("api-tag-added", "", "tags: [a]"),
        RulePair.Get("api-tag-removed", "tags: [a]", ""),
        RulePair.Get("extension-added", "", "x-quota: 5"),
        RulePair.Get("extension-changed", "x-quota: 5", "x-quota: 6"),
        RulePair.Get("extension-removed", "x-quota: 5", ""),
        RulePair.Top("api-schema-removed", "components: { schemas: { A: {} } }", "components: { schemas: {} }"),
    ];

    private static RulePair[] Calls =>
    [
        RulePair.Get("callback-added", "", "callbacks: { c: { '{$url}': { post: {} } } }"),
        RulePair.Get("callback-removed", "callbacks: { c: { '{$url}': { post: {} } } }", ""),
        RulePair.Get("callback-url-changed", "callbacks: { c: { '{$url}': { post: {} } } }", "callbacks: { c: { '{$url}/b': { post: {} } } }"),
        RulePair.Get("callback-operation-added", "callbacks: { c: { '{$url}': { post: {} } } }", "callbacks: { c: { '{$url}': { post: {}, put: {} } } }"),
        RulePair.Get("callback-operation-removed", "callbacks: { c: { '{$url}': { post: {}, put: {} } } }", "callbacks: { c: { '{$url}': { post: {} } } }"),
        RulePair.Top("webhook-added", "", "webhooks: { w: { post: {} } }"),
        RulePair.Top("webhook-removed", "webhooks: { w: { post: {} } }", ""),
        RulePair.Top("webhook-operation-added", "webhooks: { w: { post: {} } }", "webhooks: { w: { post: {}, put: {} } }"),
        RulePair.Top("webhook-operation-removed", "webhooks: { w: { post: {}, put: {} } }", "webhooks: { w: { post: {} } }"),
    ];

    private static RulePair[] Servers =>
    [
        Server("server-added", "{ url: 'https://a' }", "{ url: 'https://a' }, { url: 'https://b' }"),
        Server("server-removed", "{ url: 'https://a' }, { url: 'https://b' }", "{ url: 'https://a' }"),
        Server("server-last-removed", "{ url: 'https://a' }", ""),
        Server("server-base-path-changed", "{ url: 'https://a/v1' }", "{ url: 'https://a/v2' }"),
        Server("server-host-changed", "{ url: 'https://a' }", "{ url: 'https://b' }"),
        Server("server-scheme-downgraded", "{ url: 'https://a' }", "{ url: 'http://a' }"),
        Server("server-variable-added", "{ url: 'https://a' }", "{ url: 'https://a', variables: { v: { default: x } } }"),
        Server("server-variable-removed", "{ url: 'https://a', variables: { v: { default: x } } }", "{ url: 'https://a' }"),
        Server("server-variable-default-changed", "{ url: 'https://a', variables: { v: { default: x } } }", "{ url: 'https://a', variables: { v: { default: y } } }"),
        Server("server-variable-enum-value-added", "{ url: 'https://a', variables: { v: { default: x, enum: [x] } } }", "{ url: 'https://a', variables: { v: { default: x, enum: [x, y] } } }"),
        Server("server-variable-enum-value-removed", "{ url: 'https://a', variables: { v: { default: x, enum: [x, y] } } }", "{ url: 'https://a', variables: { v: { default: x, enum: [x] } } }"),
    ];

    private static RulePair[] Documents =>
    [
        new("openapi-version-raised", Document("3.0.3", "1.0.0", Kept), Document("3.1.0", "1.0.0", Kept)),
        new("openapi-version-lowered", Document("3.1.0", "1.0.0", Kept), Document("3.0.3", "1.0.0", Kept)),
        new("api-version-not-bumped", Document("3.1.0", "1.0.0", Kept), Document("3.1.0", "1.0.0", "")),
        new("api-major-version-not-bumped", Document("3.1.0", "1.0.0", Kept), Document("3.1.0", "1.1.0", "")),
        new("api-version-decreased", Document("3.1.0", "2.0.0", Kept), Document("3.1.0", "1.0.0", "")),
    ];

    private static RulePair Second(string rule, string old, string @new) => RulePair.Path(rule, $"{{ {Kept}, {old} }}", $"{{ {Kept}, {@new} }}");

    private static RulePair Other(string rule, string old, string @new) => RulePair.Path(rule, $"{{ {Kept} }}\n  {old}", $"{{ {Kept} }}\n  {@new}");

    private static RulePair Server(string rule, string old, string @new) => RulePair.Top(rule, $"servers: [{old}]", $"servers: [{@new}]");

    private static string Document(string format, string version, string operations) => $"openapi: {format}\ninfo: {{ title: T, version: {version} }}\npaths: {{ /a: {{ {operations} }} }}\n";
}
