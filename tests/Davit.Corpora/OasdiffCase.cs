using System.Globalization;
using System.Text.Json;
using Davit.Contracts;

namespace Davit.Corpora;

/// <summary>One case of the table, with the settings it was judged under.</summary>
internal static class OasdiffCase
{
    public static string Name(JsonElement one) => $"{one.GetProperty("name").GetString()} ({one.GetProperty("pair").GetString()})";

    /// <param name="form">json or yaml.</param>
    public static Comparison Compare(string folder, JsonElement one, string form)
    {
        var pair = Path.Combine(folder, "pairs", one.GetProperty("pair").GetString()!);
        var options = new ComparisonOptions(DateOnly.ParseExact(one.GetProperty("evaluation_date").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture))
        {
            Profile = "oasdiff",
            StripOldPrefix = Flag(one, "--strip-prefix-base"),
            StripNewPrefix = Flag(one, "--strip-prefix-revision"),
        };
        return Comparison.Of(Source(pair, $"base.{form}"), Source(pair, $"revision.{form}"), options);
    }

    private static string Flag(JsonElement one, string name)
    {
        var flags = one.GetProperty("cli_flags").EnumerateArray().Select(f => f.GetString()!).ToList();
        return flags.IndexOf(name) is >= 0 and var at ? flags[at + 1] : "";
    }

    private static ContractSource Source(string pair, string file) => new(file, asked => Path.Combine(pair, asked) is var path && File.Exists(path) ? File.ReadAllBytes(path) : null);
}
