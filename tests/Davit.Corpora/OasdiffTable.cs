using System.Text.Json;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;

namespace Davit.Corpora;

/// <summary>Pairs of OpenAPI descriptions; findings are compared on id, level, operation and path.</summary>
internal sealed class OasdiffTable : ITable
{
    public string Name => "oasdiff";

    public string Folder => "oasdiff";

    public IEnumerable<Outcome> Run(string folder)
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "cases.json")));
        foreach (var one in cases.RootElement.EnumerateArray())
            yield return new Outcome(OasdiffCase.Name(one), Miss(folder, one));
    }

    private static string? Miss(string folder, JsonElement one)
    {
        try
        {
            var comparison = OasdiffCase.Compare(folder, one, "json");
            return Multisets.Differ(Expected(one.GetProperty("expected")), comparison.Findings.Select(Told));
        }
        catch (UnreadableException unreadable)
        {
            return $"unreadable: {unreadable.Code} {unreadable.Message}";
        }
    }

    private static IEnumerable<string> Expected(JsonElement findings) => findings.EnumerateArray().Select(f => Line(
        f.GetProperty("id").GetString()!, f.GetProperty("level").GetString()!, Text(f, "operation"), Text(f, "path")));

    private static string Told(Finding finding) => Line(
        finding.Rule.Alias!.Id, finding.Severity switch { Severity.Breaking => "ERR", Severity.Warning => "WARN", _ => "INFO" }, finding.Operation, finding.Path);

    private static string Line(string id, string level, string operation, string path) => $"{id} {level} {operation} {path}".TrimEnd();

    private static string Text(JsonElement from, string name) => from.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
