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

    public string Folder => "graphql-inspector";

    public IEnumerable<Outcome> Run(string folder)
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "cases.json")));
        foreach (var one in cases.RootElement.EnumerateArray().Where(c => c.GetProperty("usable_as_sdl_pair").GetBoolean()))
        {
            yield return new Outcome(one.GetProperty("name").GetString()!, Miss(one, one.GetProperty("expected"), new GraphQlOptions()));
            if (one.TryGetProperty("with_rules", out var with) && with.ValueKind is JsonValueKind.Object && Options(with) is { } options)
                yield return new Outcome($"{one.GetProperty("name").GetString()} with rules", Miss(one, with.GetProperty("expected"), options));
        }
    }

    /// <returns>Null where a rule asks for something beside the two schemas, such as the operations in use.</returns>
    private static GraphQlOptions? Options(JsonElement with)
    {
        GraphQlOptions? options = new();
        foreach (var rule in with.GetProperty("rules").EnumerateArray())
        {
            options = rule.GetString() switch
            {
                _ when options is null => null,
                "dangerousBreaking" => options with { DangerousIsBreaking = true },
                "suppressRemovalOfDeprecatedField" => options with { DeprecatedRemovalIsSafe = true },
                "ignoreDescriptionChanges" => options with { IgnoreDescriptions = true },
                "simplifyChanges" => options with { Simplify = true },
                "safeUnreachable" => options with { SafeWhenUnreachable = true },
                _ => null,
            };
        }

        return options;
    }

    private static string? Miss(JsonElement one, JsonElement expected, GraphQlOptions graphQl)
    {
        try
        {
            var options = new ComparisonOptions(DateOnly.MinValue) { Profile = "graphql-inspector", GraphQl = graphQl };
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
