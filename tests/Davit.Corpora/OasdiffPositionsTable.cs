using System.Text.Json;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;

namespace Davit.Corpora;

/// <summary>The same pairs as YAML; findings are compared on their id and the lines they point at.</summary>
internal sealed class OasdiffPositionsTable : ITable
{
    public string Name => "oasdiff-positions";

    public string Folder => "oasdiff";

    /// <summary>The other tool gives no place for the version, we do.</summary>
    private static bool IsPlaced(string id) => !id.EndsWith("version-not-bumped", StringComparison.Ordinal) && id is not "api-version-decreased";

    public IEnumerable<Outcome> Run(string folder)
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "cases.json")));
        foreach (var one in cases.RootElement.EnumerateArray())
        {
            if (one.TryGetProperty("expected_with_positions", out var expected))
                yield return new Outcome(OasdiffCase.Name(one), Miss(folder, one, expected));
        }
    }

    private static string? Miss(string folder, JsonElement one, JsonElement expected)
    {
        try
        {
            var comparison = OasdiffCase.Compare(folder, one, "yaml");
            return Multisets.Differ(expected.EnumerateArray().Where(e => IsPlaced(e.GetProperty("id").GetString()!)).Select(Expected), comparison.Findings.Where(f => IsPlaced(f.Rule.Alias!.Id)).Select(Told));
        }
        catch (UnreadableException unreadable)
        {
            return $"unreadable: {unreadable.Code} {unreadable.Message}";
        }
    }

    private static string Expected(JsonElement finding) => $"{finding.GetProperty("id").GetString()} {Line(finding, "baseSource")} {Line(finding, "revisionSource")}";

    private static string Line(JsonElement finding, string side) =>
        finding.TryGetProperty(side, out var source) && source.ValueKind is JsonValueKind.Object && source.TryGetProperty("line", out var line) ? line.ToString() : "-";

    private static string Told(Finding finding) => $"{finding.Rule.Alias!.Id} {finding.Old?.Position.Line.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-"} {finding.New?.Position.Line.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-"}";
}
