using System.Text;
using System.Text.Json;
using Davit.Contracts;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;

namespace Davit.Corpora;

/// <summary>Pairs of GraphQL schemas; findings are compared on type, criticality and path.</summary>
internal sealed class GraphQlInspectorTable : ITable
{
    public string Name => "graphql-inspector";

    public IEnumerable<Outcome> Run(string folder)
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "cases.json")));
        foreach (var one in cases.RootElement.EnumerateArray().Where(c => c.GetProperty("usable_as_sdl_pair").GetBoolean()))
            yield return new Outcome(one.GetProperty("name").GetString()!, Miss(one, one.GetProperty("expected"), new ComparisonOptions(DateOnly.MinValue) { Profile = "graphql-inspector" }));
    }

    private static string? Miss(JsonElement one, JsonElement expected, ComparisonOptions options)
    {
        try
        {
            var comparison = Comparison.Of(Source(one, "old"), Source(one, "new"), options);
            return Multisets.Differ(Expected(expected), comparison.Findings.Select(Told));
        }
        catch (UnreadableException unreadable)
        {
            return $"unreadable: {unreadable.Code} {unreadable.Message} {unreadable.At}";
        }
    }

    private static ContractSource Source(JsonElement one, string side) => ContractSource.Of($"{side}.graphql", Encoding.UTF8.GetBytes(one.GetProperty(side).GetString() ?? ""));

    private static IEnumerable<string> Expected(JsonElement findings) => findings.EnumerateArray().Select(f => Line(
        f.GetProperty("type").GetString()!, f.GetProperty("criticality").GetString()!, f.TryGetProperty("path", out var path) ? path.GetString() ?? "" : ""));

    private static string Told(Finding finding) => Line(
        finding.Rule.Alias!.Id, finding.Severity switch { Severity.Breaking => "BREAKING", Severity.Warning => "DANGEROUS", _ => "NON_BREAKING" }, finding.Path);

    private static string Line(string type, string criticality, string path) => $"{type} {criticality} {path}".TrimEnd();
}
