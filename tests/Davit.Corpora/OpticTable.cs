using System.Text;
using System.Text.Json;
using Davit.Contracts;
using Davit.Contracts.Documents;

namespace Davit.Corpora;

/// <summary>Pairs of OpenAPI descriptions; the rules that each operation breaks, however often.</summary>
internal sealed class OpticTable : ITable
{
    public string Name => "optic";

    public string Folder => "optic";

    public IEnumerable<Outcome> Run(string folder)
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "cases.json")));
        foreach (var one in cases.RootElement.EnumerateArray())
            yield return new Outcome(one.GetProperty("name").GetString()!, Miss(one));
    }

    private static string? Miss(JsonElement one)
    {
        try
        {
            var expected = one.GetProperty("expected_breaking").EnumerateArray().Select(e => $"{Operation(e.GetProperty("where").GetString()!)} {e.GetProperty("rule").GetString()}");
            var actual = Comparison.Of(Source(one, "old"), Source(one, "new"), new ComparisonOptions(DateOnly.MinValue) { Profile = "optic" }).Findings.Select(f => $"{f.Operation} {f.Path} {f.Rule.Alias?.Id ?? f.Rule.Id}");
            return Multisets.Differ(expected.Distinct(StringComparer.Ordinal), actual.Distinct(StringComparer.Ordinal));
        }
        catch (UnreadableException unreadable)
        {
            return $"unreadable: {unreadable.Code} {unreadable.Message}";
        }
    }

    /// <summary>Method and path, before what of the operation is meant.</summary>
    private static string Operation(string where) => string.Join(' ', where.Split(' ').Take(2));

    private static ContractSource Source(JsonElement one, string side) => ContractSource.Of($"{side}.json", Encoding.UTF8.GetBytes(one.GetProperty(side).GetRawText()));
}
