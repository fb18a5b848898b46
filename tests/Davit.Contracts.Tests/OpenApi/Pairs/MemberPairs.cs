namespace Davit.Contracts.Tests.OpenApi.Pairs;

/// <summary>Members of objects: that they are there, that they must be, who may write them, and how long they live.</summary>
internal static class MemberPairs
{
    private const string Soon = "'2027-03-01'";
    private const string Later = "'2028-01-01'";

    public static RulePair[] All =>
    [
        .. Sent, .. Answered, .. InHeaders, .. Lives("request", s => SchemaPairs.Sent(s)), .. Lives("response", s => SchemaPairs.Answered(s)), .. Proven, .. Xml,
    ];

    private static RulePair[] Sent =>
    [
        Request("new-optional-request-property", "{ type: object }", "{ type: object, properties: { p: {} } }"),
        Request("new-required-request-property", "{ type: object }", "{ type: object, required: [p], properties: { p: {} } }"),
        Request("new-required-request-property-with-default", "{ type: object }", "{ type: object, required: [p], properties: { p: { default: 1 } } }"),
        Request("request-property-removed", "{ type: object, properties: { p: {} } }", "{ type: object }"),
        Request("request-property-became-required", "{ type: object, properties: { p: {} } }", "{ type: object, required: [p], properties: { p: {} } }"),
        Request("request-property-became-optional", "{ type: object, required: [p], properties: { p: {} } }", "{ type: object, properties: { p: {} } }"),
        Request("request-property-became-required-with-default", "{ type: object, properties: { p: { default: 1 } } }", "{ type: object, required: [p], properties: { p: { default: 1 } } }"),
        .. Written("request", s => SchemaPairs.Sent(s)),
    ];

    private static RulePair[] Answered =>
    [
        Response("response-optional-property-added", "{ type: object }", "{ type: object, properties: { p: {} } }"),
        Response("response-required-property-added", "{ type: object }", "{ type: object, required: [p], properties: { p: {} } }"),
        Response("response-optional-write-only-property-added", "{ type: object }", "{ type: object, properties: { p: { writeOnly: true } } }"),
        Response("response-required-write-only-property-added", "{ type: object }", "{ type: object, required: [p], properties: { p: { writeOnly: true } } }"),
        Response("response-optional-property-removed", "{ type: object, properties: { p: {} } }", "{ type: object }"),
        Response("response-required-property-removed", "{ type: object, required: [p], properties: { p: {} } }", "{ type: object }"),
        Response("response-optional-write-only-property-removed", "{ type: object, properties: { p: { writeOnly: true } } }", "{ type: object }"),
        Response("response-required-write-only-property-removed", "{ type: object, required: [p], properties: { p: { writeOnly: true } } }", "{ type: object }"),
        Response("response-property-became-required", "{ type: object, properties: { p: {} } }", "{ type: object, required: [p], properties: { p: {} } }"),
        Response("response-property-became-optional", "{ type: object, required: [p], properties: { p: {} } }", "{ type: object, properties: { p: {} } }"),
        Response("response-write-only-property-became-required", "{ type: object, properties: { p: { writeOnly: true } } }", "{ type: object, required: [p], properties: { p: { writeOnly: true } } }"),
        Response("response-write-only-property-became-optional", "{ type: object, required: [p], properties: { p: { writeOnly: true } } }", "{ type: object, properties: { p: { writeOnly: true } } }"),
        Response("response-mediatype-enum-value-removed", "{ enum: [a, b] }", "{ enum: [a] }"),
        .. Written("response", s => SchemaPairs.Answered(s)),
    ];

    private static RulePair[] InHeaders =>
    [
        Header("new-required-request-header-property", "{ type: object }", "{ type: object, required: [p], properties: { p: {} } }"),
        Header("request-header-property-became-required", "{ type: object, properties: { p: {} } }", "{ type: object, required: [p], properties: { p: {} } }"),
    ];

    /// <summary>A value proves what no keyword's rule tells.</summary>
    private static RulePair[] Proven =>
    [
        Request("request-schema-narrowed", "{ type: object, properties: { p: true } }", "{ type: object, properties: { p: false } }"),
        Response("response-schema-widened", "{ type: object, properties: { p: false } }", "{ type: object, properties: { p: true } }"),
    ];

    private static RulePair[] Xml =>
    [
        InXml("xml-name-changed", "{ type: string, xml: { name: a } }", "{ type: string, xml: { name: b } }"),
        InXml("xml-namespace-changed", "{ type: string, xml: { namespace: a } }", "{ type: string, xml: { namespace: b } }"),
        InXml("xml-prefix-changed", "{ type: string, xml: { prefix: a } }", "{ type: string, xml: { prefix: b } }"),
        InXml("xml-attribute-changed", "{ type: object, properties: { a: { type: string, xml: { attribute: true } } } }", "{ type: object, properties: { a: { type: string } } }"),
        InXml("xml-wrapped-changed", "{ type: array, xml: { wrapped: true } }", "{ type: array, xml: { wrapped: false } }"),
        InXml("xml-node-type-changed", "{ type: string, xml: { nodeType: text } }", "{ type: string, xml: { nodeType: cdata } }"),
    ];

    private static IEnumerable<RulePair> Written(string side, Func<string, string> path)
    {
        foreach (var (must, required) in ((string, string)[])[("optional", ""), ("required", "required: [p], ")])
        {
            foreach (var (word, keyword) in ((string, string)[])[("read-only", "readOnly"), ("write-only", "writeOnly")])
            {
                var free = path($"{{ type: object, {required}properties: {{ p: {{ type: string }} }} }}");
                var kept = path($"{{ type: object, {required}properties: {{ p: {{ type: string, {keyword}: true }} }} }}");
                yield return RulePair.Path($"{side}-{must}-property-became-{word}", free, kept);
                yield return RulePair.Path($"{side}-{must}-property-became-not-{word}", kept, free);
            }
        }
    }

    private static IEnumerable<RulePair> Lives(string side, Func<string, string> path)
    {
        yield return Life("deprecated", "", "deprecated: true");
        yield return Life("reactivated", "deprecated: true", "");
        yield return Life("deprecated-with-sunset", "", $"deprecated: true, x-sunset: {Later}");
        yield return Life("deprecated-sunset-missing", "", "deprecated: true") with { Notice = 180 };
        yield return Life("deprecated-sunset-invalid", "", "deprecated: true, x-sunset: soon");
        yield return Life("sunset-date-too-small", "", $"deprecated: true, x-sunset: {Soon}") with { Notice = 180 };
        yield return Life("stability-decreased", "x-stability-level: stable", "x-stability-level: beta");
        yield return Life("stability-increased", "x-stability-level: beta", "x-stability-level: stable");

        RulePair Life(string fact, string old, string @new) => RulePair.Path($"{side}-property-{fact}", path(Of(old)), path(Of(@new)));

        static string Of(string life) => $"{{ type: object, properties: {{ p: {{ type: string{(life is "" ? "" : ", " + life)} }} }} }}";
    }

    private static RulePair Request(string rule, string old, string @new) => RulePair.Path(rule, SchemaPairs.Sent(old), SchemaPairs.Sent(@new));

    private static RulePair Response(string rule, string old, string @new) => RulePair.Path(rule, SchemaPairs.Answered(old), SchemaPairs.Answered(@new));

    private static RulePair InXml(string rule, string old, string @new) => RulePair.Path(rule, SchemaPairs.Answered(old, "application/xml"), SchemaPairs.Answered(@new, "application/xml"));

    private static RulePair Header(string rule, string old, string @new) => RulePair.Path(rule, SchemaPairs.Asked("header", old), SchemaPairs.Asked("header", @new));
}
