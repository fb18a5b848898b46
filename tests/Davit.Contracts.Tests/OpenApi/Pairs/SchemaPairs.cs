namespace Davit.Contracts.Tests.OpenApi.Pairs;

/// <summary>A fact about schemas, put wherever a schema can stand.</summary>
internal static class SchemaPairs
{
    /// <summary>How the id begins in each place, and a path that has a schema there.</summary>
    private static readonly (string Prefix, Func<string, string, string> Path)[] Places =
    [
        ("request-body", (s, media) => Sent(s, media)),
        ("request-property", (s, media) => Sent($"{{ type: object, properties: {{ p: {s} }} }}", media)),
        ("request-read-only-property", (s, media) => Sent($"{{ type: object, properties: {{ p: {{ readOnly: true, {s[2..]} }} }}", media)),
        ("request-parameter", (s, _) => Asked("query", s)),
        ("request-parameter-property", (s, _) => Asked("query", $"{{ type: object, properties: {{ p: {s} }} }}")),
        ("request-header-property", (s, _) => Asked("header", $"{{ type: object, properties: {{ p: {s} }} }}")),
        ("response-body", (s, media) => Answered(s, media)),
        ("response-property", (s, media) => Answered($"{{ type: object, properties: {{ p: {s} }} }}", media)),
        ("response-write-only-property", (s, media) => Answered($"{{ type: object, properties: {{ p: {{ writeOnly: true, {s[2..]} }} }}", media)),
        ("response-header", (s, _) => $"{{ get: {{ responses: {{ '200': {{ description: D, headers: {{ H: {{ schema: {s} }} }} }} }} }} }}"),
    ];

    public static IEnumerable<RulePair> All =>
    [
        .. SchemaFacts.All.SelectMany(Of),
        RulePair.Path("request-union-widened", Sent("{ type: string }"), Sent("{ oneOf: [{ type: string }, { type: integer }] }")),
        RulePair.Path("response-union-narrowed", Answered("{ oneOf: [{ type: string }, { type: integer }] }"), Answered("{ type: string }")),
    ];

    /// <summary>The pair in every place whose rule there is, and the way back under the fact that mirrors it.</summary>
    private static IEnumerable<RulePair> Of(SchemaFact fact)
    {
        foreach (var (prefix, path) in Places)
        {
            if (fact.Places is not "" && !fact.Places.Split(' ').Contains(prefix, StringComparer.Ordinal))
                continue;
            var (old, @new) = (path(fact.Old, fact.Media), path(fact.New, fact.Media));
            yield return RulePair.Path($"{prefix}-{fact.Name}", old, @new);
            if (fact.Mirror is not "")
                yield return RulePair.Path($"{prefix}-{fact.Mirror}", @new, old);
        }
    }

    public static string Sent(string schema, string media = "application/json") => $"{{ post: {{ requestBody: {{ content: {{ {media}: {{ schema: {schema} }} }} }}, responses: {{ '200': {{ description: D }} }} }} }}";

    public static string Answered(string schema, string media = "application/json") => $"{{ get: {{ responses: {{ '200': {{ description: D, content: {{ {media}: {{ schema: {schema} }} }} }} }} }} }}";

    public static string Asked(string place, string schema) => $"{{ get: {{ parameters: [{{ name: q, in: {place}, schema: {schema} }}], responses: {{ '200': {{ description: D }} }} }} }}";
}

/// <param name="Mirror">The fact that the way back shows; empty where it shows none, or the same.</param>
/// <param name="Places">The places where the pair shows the fact, parted by spaces; empty for all that have such a rule.</param>
internal sealed record SchemaFact(string Name, string Mirror, string Old, string New, string Places = "", string Media = "application/json");
