using System.Globalization;
using System.Text.Json;
using Davit.Contracts;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;

namespace Davit.Corpora;

/// <summary>Pairs of OpenAPI descriptions; findings are compared on id, level, operation and path.</summary>
internal sealed class OasdiffTable : ITable
{
    public string Name => "oasdiff";

    public IEnumerable<Outcome> Run(string folder)
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "cases.json")));
        foreach (var one in cases.RootElement.EnumerateArray())
            yield return new Outcome($"{one.GetProperty("name").GetString()} ({one.GetProperty("pair").GetString()})", Miss(folder, one));
    }

    private static string? Miss(string folder, JsonElement one)
    {
        var pair = Path.Combine(folder, "pairs", one.GetProperty("pair").GetString()!);
        var options = new ComparisonOptions(DateOnly.ParseExact(one.GetProperty("evaluation_date").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture))
        {
            Profile = "oasdiff",
            StripOldPrefix = Flag(one, "--strip-prefix-base"),
            StripNewPrefix = Flag(one, "--strip-prefix-revision"),
        };
        try
        {
            var comparison = Comparison.Of(Source(pair, "base.json"), Source(pair, "revision.json"), options);
            return Multisets.Differ(Expected(one.GetProperty("expected")), comparison.Findings.Select(Told));
        }
        catch (UnreadableException unreadable)
        {
            return $"unreadable: {unreadable.Code} {unreadable.Message}";
        }
    }

    private static string Flag(JsonElement one, string name)
    {
        var flags = one.GetProperty("cli_flags").EnumerateArray().Select(f => f.GetString()!).ToList();
        return flags.IndexOf(name) is >= 0 and var at ? flags[at + 1] : "";
    }

    private static ContractSource Source(string pair, string file) => new(file, asked => Path.Combine(pair, asked) is var path && File.Exists(path) ? File.ReadAllBytes(path) : null);

    private static IEnumerable<string> Expected(JsonElement findings) => findings.EnumerateArray().Select(f => Line(
        f.GetProperty("id").GetString()!, f.GetProperty("level").GetString()!, Text(f, "operation"), Text(f, "path")));

    private static string Told(Finding finding) => Line(
        finding.Rule.Alias!.Id, finding.Severity switch { Severity.Breaking => "ERR", Severity.Warning => "WARN", _ => "INFO" }, finding.Operation, finding.Path);

    private static string Line(string id, string level, string operation, string path) => $"{id} {level} {operation} {path}".TrimEnd();

    private static string Text(JsonElement from, string name) => from.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
