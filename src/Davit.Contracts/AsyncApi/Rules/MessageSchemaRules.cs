using System.Collections.Frozen;
using Davit.Contracts.Avro.Rules;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Rules;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>
/// The facts about schemas of bodies, and those about Avro types, as they are called in payloads and headers: what is
/// <c>oas-request-body-max-decreased</c> or <c>oas-response-property-max-decreased</c> there is <c>aas-payload-max-decreased</c> here.
/// </summary>
internal static class MessageSchemaRules
{
    private static readonly string[] Sides = ["request", "response"];
    private static readonly string[] Places = ["body", "property", "read-only-property", "write-only-property"];

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
        var scoped = Schemas().Select(r => After(r.Id, ["body"])).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return Schemas().Where(r => !IsElsewhere(r.Id)).ToFrozenDictionary(r => r.Id, r => Fact(r.Id, scoped), StringComparer.Ordinal);
    }

    private static string Fact(string id, HashSet<string> scoped) => After(id, Places) is { } fact && scoped.Contains(fact) ? fact : Unsided(id["oas-".Length..]);

    /// <summary>What a rule says of a place; null when it speaks of none of these.</summary>
    private static string? After(string id, string[] places) =>
        Sides.SelectMany(side => places.Select(place => $"oas-{side}-{place}-")).FirstOrDefault(p => id.Length > p.Length && id.StartsWith(p, StringComparison.Ordinal)) is { } begin ? id[begin.Length..] : null;

    /// <summary>Without the side that is named first.</summary>
    private static string Unsided(string name)
    {
        var (at, length) = Sides.Select(s => (At: name.IndexOf($"{s}-", StringComparison.Ordinal), Length: s.Length + 1)).Where(s => s.At >= 0).DefaultIfEmpty().MinBy(s => s.At);
        return name.Remove(at, length);
    }

    /// <summary>It only stands in parameters and in headers of HTTP.</summary>
    private static bool IsElsewhere(string id) => id.Contains("parameter", StringComparison.Ordinal) || id.Contains("header", StringComparison.Ordinal);
}
