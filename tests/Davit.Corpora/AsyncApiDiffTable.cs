using System.Text;
using System.Text.Json;
using Davit.Contracts;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;

namespace Davit.Corpora;

/// <summary>Pairs of AsyncAPI descriptions: actions and paths, and the verdict where the checker has one.</summary>
internal sealed class AsyncApiDiffTable : ITable
{
    private const string Open = "unclassified";

    public string Name => "asyncapi-diff";

    public string Folder => "asyncapi-diff";

    public IEnumerable<Outcome> Run(string folder)
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "cases.json")));
        foreach (var one in cases.RootElement.EnumerateArray())
            yield return new Outcome(one.GetProperty("name").GetString()!, Miss(one));
    }

    private static string? Miss(JsonElement one)
    {
        var options = new ComparisonOptions(DateOnly.MinValue) { Profile = "asyncapi-diff", AsyncApi = new AsyncApiOptions { Overrides = Overrides(one) } };
        try
        {
            var expected = one.GetProperty("expected").EnumerateArray().Select(e => (Place: $"{e.GetProperty("action").GetString()} {e.GetProperty("path").GetString()}", Type: e.GetProperty("type").GetString()!)).ToList();
            var open = expected.Where(e => e.Type is Open).Select(e => e.Place).ToHashSet(StringComparer.Ordinal);
            var actual = Comparison.Of(Source(one, "old"), Source(one, "new"), options).Findings.Select(f => (Place: $"{Action(f)} {f.Path}", Type: f.Severity is Severity.Breaking ? "breaking" : "non-breaking"));
            return Multisets.Differ(expected.Select(e => $"{e.Place} {e.Type}"), actual.Select(a => $"{a.Place} {(open.Contains(a.Place) ? Open : a.Type)}"));
        }
        catch (UnreadableException unreadable)
        {
            return $"unreadable: {unreadable.Code} {unreadable.Message}";
        }
    }

    private static Dictionary<string, AsyncApiLevels> Overrides(JsonElement one) => !one.TryGetProperty("override", out var overrides) ? []
        : overrides.EnumerateObject().ToDictionary(o => o.Name, o => new AsyncApiLevels(Level(o.Value, "add"), Level(o.Value, "remove"), Level(o.Value, "edit")), StringComparer.Ordinal);

    private static Severity? Level(JsonElement levels, string action) => levels.TryGetProperty(action, out var level) ? level.GetString() switch { "breaking" => Severity.Breaking, "non-breaking" => Severity.Note, _ => null } : null;

    private static ContractSource Source(JsonElement one, string side) => ContractSource.Of($"{side}.json", Encoding.UTF8.GetBytes(one.GetProperty(side).GetRawText()));

    private static string Action(Finding finding) => finding.Rule.Id[(finding.Rule.Id.LastIndexOf('-') + 1)..] switch { "added" => "add", "removed" => "remove", _ => "edit" };
}
