using Davit.Model;
using Davit.Testing;

namespace Davit.Manifest.Tests.Corpus;

/// <summary>Whatever is published loads or is refused by name, with Davit's stricter rules too.</summary>
public sealed class StrictCorpusTests
{
    private static readonly string[] Junk = ["", "null", "[]", "{}", "-1", "99999999999999999999", "a:b:c:d:e", "${", "$$", "\"\"", "!!float 1", "[{}]", "{a: {b: c}}", "0x", "2024-01-01", "'\\n'", "~", "1e999", "é\u0000"];

    [Theory]
    [InlineData("templates")]
    [InlineData("loader")]
    [InlineData("e2e")]
    [InlineData("spec")]
    public void Every_published_case_is_accepted_or_refused_by_name_and_its_manifest_survives_a_round_trip(string table) => CorpusTable.Open(table).Holds(item =>
    {
        var request = new Scene(item.GetProperty("project_dir").GetString()!).Request(item) with { Mode = LoadMode.Davit };
        var result = ManifestLoader.LoadAll(request with { Environment = null });
        if (result.Manifest is not { } manifest)
            return result.Faults.Any(f => f.Severity is Severity.Error) ? null : "neither accepted nor refused";
        _ = result.Origins.Paths.Count();
        var json = CanonicalManifest.Json(manifest);
        return CanonicalManifest.Json(CanonicalManifest.Parse(json)) == json ? null : "does not survive a round trip";
    });

    [Theory]
    [InlineData("loader")]
    [InlineData("e2e")]
    public void No_broken_value_crashes_the_loader(string table) => CorpusTable.Open(table).Holds(item =>
    {
        var scene = new Scene(item.GetProperty("project_dir").GetString()!);
        var dice = new Dice(item.GetProperty("name").GetString()!);
        foreach (var file in item.GetProperty("files").EnumerateObject().Where(f => f.Name.EndsWith("ml", StringComparison.Ordinal)).Take(2))
        {
            for (var i = 0; i < 6; i++)
            {
                var request = scene.Request(item);
                ((MemorySourceTree)request.Source).With(file.Name, Break(file.Value.GetString()!, dice));
                _ = ComposeRenderer.Render(request, []);
                var strict = ManifestLoader.LoadAll(request with { Mode = LoadMode.Davit });
                if (strict.Manifest is null && strict.Faults.All(f => f.Severity is not Severity.Error))
                    return $"neither accepted nor refused after change {i} of {file.Name}";
            }
        }

        return null;
    });

    /// <summary>One value of the text becomes junk, or one line goes away or comes twice.</summary>
    private static string Break(string text, Dice dice)
    {
        var lines = text.Split('\n').ToList();
        var at = dice.Next(lines.Count);
        var colon = lines[at].IndexOf(": ", StringComparison.Ordinal);
        switch (dice.Next(4))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(at, lines[at]);
                break;
            case 2 when lines[at].TrimStart().StartsWith("- ", StringComparison.Ordinal):
                lines[at] = lines[at][..(lines[at].IndexOf('-', StringComparison.Ordinal) + 2)] + dice.Of(Junk);
                break;
            default:
                lines[at] = (colon < 0 ? lines[at].TrimEnd() + " " : lines[at][..(colon + 2)]) + dice.Of(Junk);
                break;
        }

        return string.Join('\n', lines);
    }
}
