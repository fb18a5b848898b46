using System.Text.Json;
using Davit.Contracts;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;

namespace Davit.Corpora;

/// <summary>Pairs of OpenAPI descriptions; the verdict is compared under the switch that must be on.</summary>
internal sealed class OpenApiDiffTable : ITable
{
    public string Name => "openapi-diff";

    public string Folder => "openapi-diff";

    public IEnumerable<Outcome> Run(string folder)
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "cases.json")));
        foreach (var one in cases.RootElement.EnumerateArray())
        {
            var verdict = one.GetProperty("verdict").GetString()!;
            if (verdict is not "structural-asserts-only")
                yield return new Outcome(one.GetProperty("name").GetString()!, Miss(Path.Combine(folder, "specs"), one, verdict));
        }
    }

    private static string? Miss(string specs, JsonElement one, string expected)
    {
        var name = one.GetProperty("switch").GetString();
        var options = new ComparisonOptions(new DateOnly(2026, 11, 20)) { Profile = "openapi-diff", Switches = name is null ? [] : [name.ToLowerInvariant().Replace('_', '.')] };
        try
        {
            var findings = Comparison.Of(Source(specs, one.GetProperty("old").GetString()!), Source(specs, one.GetProperty("new").GetString()!), options).Findings;
            var actual = findings.Any(f => f.Severity is Severity.Breaking) ? "incompatible" : findings.IsEmpty ? "unchanged" : "compatible";
            return Accepts(expected, actual) ? null : $"- {expected}\n+ {actual}: {string.Join(", ", findings.Select(f => f.Rule.Id).Distinct(StringComparer.Ordinal))}";
        }
        catch (UnreadableException unreadable)
        {
            return $"unreadable: {unreadable.Code} {unreadable.Message}";
        }
    }

    private static bool Accepts(string expected, string actual) => expected switch
    {
        "no-endpoint-change" => actual is "unchanged",
        "endpoints-changed" => actual is not "unchanged",
        "compatible-or-unchanged" => actual is not "incompatible",
        _ => actual == expected,
    };

    private static ContractSource Source(string specs, string file) => new(file, asked => Path.Combine(specs, asked) is var path && File.Exists(path) ? File.ReadAllBytes(path) : null);
}
