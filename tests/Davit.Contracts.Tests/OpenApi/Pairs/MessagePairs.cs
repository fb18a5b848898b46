namespace Davit.Contracts.Tests.OpenApi.Pairs;

/// <summary>Bodies, answers and their headers as a whole.</summary>
internal static class MessagePairs
{
    private const string Json = "{ content: { application/json: {} } }";

    public static RulePair[] All => [.. Bodies, .. Answers, .. Contents, .. Headers, .. Encodings, .. Links];

    private static RulePair[] Bodies =>
    [
        RulePair.Body("request-body-added-optional", "", Json),
        RulePair.Body("request-body-added-required", "", "{ required: true, content: { application/json: {} } }"),
        RulePair.Body("request-body-removed", Json, ""),
        RulePair.Body("request-body-became-required", Json, "{ required: true, content: { application/json: {} } }"),
        RulePair.Body("request-body-became-optional", "{ required: true, content: { application/json: {} } }", Json),
        RulePair.Body("request-body-media-type-added", Json, "{ content: { application/json: {}, text/plain: {} } }"),
        RulePair.Body("request-body-media-type-removed", "{ content: { application/json: {}, text/plain: {} } }", Json),
        RulePair.Body("request-body-media-type-schema-added", Json, "{ content: { application/json: { schema: { type: string } } } }"),
        RulePair.Body("request-body-media-type-schema-removed", "{ content: { application/json: { schema: { type: string } } } }", Json),
        RulePair.Body("request-body-media-type-name-specialized", Json, "{ content: { application/vnd.orders+json: {} } }"),
        RulePair.Body("request-body-media-type-name-generalized", "{ content: { application/vnd.orders+json: {} } }", Json),
        RulePair.Body("request-item-schema-added", "{ content: { application/jsonl: {} } }", "{ content: { application/jsonl: { itemSchema: {} } } }"),
        RulePair.Body("request-item-schema-removed", "{ content: { application/jsonl: { itemSchema: {} } } }", "{ content: { application/jsonl: {} } }"),
    ];

    private static RulePair[] Answers =>
    [
        RulePair.Answers("response-success-status-added", "{ '200': {} }", "{ '200': {}, '201': {} }"),
        RulePair.Answers("response-success-status-removed", "{ '200': {}, '201': {} }", "{ '200': {} }"),
        RulePair.Answers("response-non-success-status-added", "{ '200': {} }", "{ '200': {}, '404': {} }"),
        RulePair.Answers("response-non-success-status-removed", "{ '200': {}, '404': {} }", "{ '200': {} }"),
        RulePair.Answers("response-default-added", "{ '200': {} }", "{ '200': {}, default: {} }"),
        RulePair.Answers("response-default-removed", "{ '200': {}, default: {} }", "{ '200': {} }"),
        RulePair.Answers("response-range-narrowed", "{ 4XX: {} }", "{ '404': {} }"),
        RulePair.Answers("response-range-widened", "{ '404': {} }", "{ 4XX: {} }"),
    ];

    private static RulePair[] Contents =>
    [
        Answer("response-body-added", "", "content: { text/plain: {} }"),
        Answer("response-body-removed", "content: { text/plain: {} }", ""),
        Answer("response-media-type-added", "content: { text/plain: {} }", "content: { text/plain: {}, application/json: {} }"),
        Answer("response-media-type-removed", "content: { text/plain: {}, application/json: {} }", "content: { text/plain: {} }"),
        Answer("response-media-type-name-changed", "content: { text/plain: {} }", "content: { text/plain; charset=utf-8: {} }"),
        Answer("response-media-type-name-generalized", "content: { application/vnd.orders+json: {} }", "content: { application/json: {} }"),
        Answer("response-media-type-name-specialized", "content: { application/json: {} }", "content: { application/vnd.orders+json: {} }"),
        Answer("response-body-media-type-schema-added", "content: { application/json: {} }", "content: { application/json: { schema: { type: string } } }"),
        Answer("response-body-media-type-schema-removed", "content: { application/json: { schema: { type: string } } }", "content: { application/json: {} }"),
        Answer("response-item-schema-added", "content: { application/jsonl: {} }", "content: { application/jsonl: { itemSchema: {} } }"),
        Answer("response-item-schema-removed", "content: { application/jsonl: { itemSchema: {} } }", "content: { application/jsonl: {} }"),
    ];

    private static RulePair[] Headers =>
    [
        Answer("response-header-added", "", "headers: { H: {} }"),
        Answer("optional-response-header-removed", "headers: { H: {} }", ""),
        Answer("required-response-header-removed", "headers: { H: { required: true } }", ""),
        Header("became-optional", "required: true", "required: false"),
        Header("became-required", "required: false", "required: true"),
        Header("style-changed", "style: simple", "style: form"),
        Header("explode-changed", "explode: false", "explode: true"),
        Header("deprecated", "deprecated: false", "deprecated: true"),
        Header("reactivated", "deprecated: true", "deprecated: false"),
        Header("deprecated-with-sunset", "deprecated: false", "deprecated: true, x-sunset: '2028-01-01'"),
        Header("deprecated-sunset-missing", "deprecated: false", "deprecated: true") with { Notice = 180 },
        Answer("response-header-removed-with-deprecation", "headers: { H: { deprecated: true } }", ""),
        Answer("response-header-removed-before-sunset", "headers: { H: { deprecated: true, x-sunset: '2028-01-01' } }", ""),
    ];

    private static IEnumerable<RulePair> Encodings => [.. EncodingsOf("request", (rule, old, @new) => RulePair.Body(rule, $"{{ {Form(old)} }}", $"{{ {Form(@new)} }}")), .. EncodingsOf("response", (rule, old, @new) => Answer(rule, Form(old), Form(@new)))];

    private static RulePair[] EncodingsOf(string side, Func<string, string, string, RulePair> pair) =>
    [
        pair($"{side}-encoding-content-type-changed", "contentType: image/png", "contentType: image/gif"),
        pair($"{side}-encoding-style-changed", "style: form", "style: pipeDelimited, explode: true"),
        pair($"{side}-encoding-explode-changed", "style: form", "style: form, explode: false"),
        pair($"{side}-encoding-allow-reserved-changed", "style: form", "style: form, allowReserved: true"),
        pair($"{side}-encoding-header-added-required", "contentType: image/png", "contentType: image/png, headers: { H: { required: true } }"),
        pair($"{side}-encoding-header-removed", "contentType: image/png, headers: { H: { required: true } }", "contentType: image/png"),
    ];

    private static RulePair[] Links =>
    [
        Answer("response-link-added", "", "links: { next: { operationId: a } }"),
        Answer("response-link-removed", "links: { next: { operationId: a } }", ""),
        Answer("response-link-changed", "links: { next: { operationId: a } }", "links: { next: { operationId: b } }"),
    ];

    private static RulePair Answer(string rule, string old, string @new) => RulePair.Answers(rule, One(old), One(@new));

    private static RulePair Header(string fact, string old, string @new) => Answer($"response-header-{fact}", $"headers: {{ H: {{ {old}, schema: {{ type: array }} }} }}", $"headers: {{ H: {{ {@new}, schema: {{ type: array }} }} }}");

    private static string One(string members) => $"{{ '200': {{ description: D{(members is "" ? "" : ", " + members)} }} }}";

    private static string Form(string encoding) => $"content: {{ multipart/form-data: {{ schema: {{ type: object, properties: {{ f: {{ type: array, items: {{ type: string }} }} }} }}, encoding: {{ f: {{ {encoding} }} }} }} }}";
}
