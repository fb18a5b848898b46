using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Davit.Contracts.Avro.Rules;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Rules;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>
/// The facts about schemas of bodies, and those about Avro types, as they are called in payloads and headers: what is
/// <c>oas-request-body-max-decreased</c> or <c>oas-response-property-max-decreased</c> there is <c>aas-payload-max-decreased</c> here.
/// </summary>
internal static partial class MessageSchemaRules
{
    private static readonly FrozenDictionary<string, string> Facts = Read();

    private static readonly FrozenDictionary<string, RuleSpec> ById = Specs("payload").Concat(Specs("headers")).Concat(AvroRules.All.Select(Avro)).ToFrozenDictionary(r => r.Id, StringComparer.Ordinal);

    public static IEnumerable<RuleSpec> All => ById.Values.OrderBy(r => r.Id, StringComparer.Ordinal);

    /// <summary>What a rule about schemas is called in a payload or in headers, with the side that it has there.</summary>
    /// <param name="where"><c>payload</c> or <c>headers</c>.</param>
    public static RuleSpec Named(string where, RuleSpec rule) => Facts.TryGetValue(rule.Id, out var fact) ? ById[$"aas-{where}-{fact}"] with { Side = rule.Side } : rule;

    public static RuleSpec AvroNamed(RuleSpec rule, Side side) => ById[Avro(rule).Id] with { Side = side };

    private static RuleSpec Avro(RuleSpec rule) => new($"aas-payload-{rule.Id}", Worst([rule]), Side.Neither, rule.Purpose);

    private static IEnumerable<RuleSpec> Specs(string where) => Schemas()
        .Where(r => Facts.ContainsKey(r.Id))
        .GroupBy(r => Facts[r.Id], StringComparer.Ordinal)
        .Select(g => new RuleSpec($"aas-{where}-{g.Key}", Worst(g), g.Select(r => r.Side).Distinct().Count() is 1 ? g.First().Side : Side.Neither, g.First().Purpose));

    private static Severity Worst(IEnumerable<RuleSpec> rules) => rules.Max(r => r.Forward is { } forward && forward > r.Severity ? forward : r.Severity);

    private static IEnumerable<RuleSpec> Schemas() =>
    [
        .. OpenApiRules.Schemas.SelectMany(r => r.Specs), .. OpenApiRules.Values.SelectMany(r => r.Specs),
        .. OpenApiRules.Entries.SelectMany(r => r.Specs), .. OpenApiRules.Members.SelectMany(r => r.Specs),
    ];

    private static FrozenDictionary<string, string> Read()
    {
        var scoped = Schemas().Select(r => Body().Match(r.Id)).Where(m => m.Success).Select(m => m.Groups["fact"].Value).ToHashSet(StringComparer.Ordinal);
        return Schemas().Where(r => !Elsewhere().IsMatch(r.Id)).ToFrozenDictionary(r => r.Id, r => Fact(r.Id, scoped), StringComparer.Ordinal);
    }

    private static string Fact(string id, HashSet<string> scoped) =>
        Scoped().Match(id) is { Success: true } match && scoped.Contains(match.Groups["fact"].Value) ? match.Groups["fact"].Value : Sided().Replace(id["oas-".Length..], "", 1);

    [GeneratedRegex("^oas-(request|response)-body-(?<fact>.+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Body();

    [GeneratedRegex("^oas-(request|response)-(body|property|read-only-property|write-only-property)-(?<fact>.+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Scoped();

    [GeneratedRegex("(request|response)-", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Sided();

    /// <summary>What only stands in parameters and in headers of HTTP.</summary>
    [GeneratedRegex("(parameter|header)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Elsewhere();
}
