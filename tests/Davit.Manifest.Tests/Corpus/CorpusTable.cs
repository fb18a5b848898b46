using System.Collections.Concurrent;
using System.Text.Json;
using Davit.Testing;

namespace Davit.Manifest.Tests.Corpus;

/// <summary>One table of the acceptance corpus beside the checkout, judged case by case.</summary>
internal sealed class CorpusTable
{
    private readonly string _name;
    private readonly List<string> _lines;

    private CorpusTable(string name, List<string> lines)
    {
        _name = name;
        _lines = lines;
    }

    /// <summary>Skips the test aloud when the corpus is not there, so that its absence never looks like success.</summary>
    public static CorpusTable Open(string name)
    {
        var path = Path.Combine(Repository.Corpora ?? "", "compose", name + ".jsonl");
        Assert.SkipUnless(File.Exists(path), $"THE COMPOSE CORPUS IS MISSING: {name}.jsonl is expected in ../shared/corpora/compose beside the checkout; nothing was checked");
        return new CorpusTable(name, [.. File.ReadLines(path).Where(l => l.Length > 0)]);
    }

    /// <summary>Runs every case on all cores; a judge answers what is wrong, or <see langword="null"/>.</summary>
    public void Judge(Func<JsonElement, string?> judge)
    {
        var misses = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        Parallel.ForEach(_lines, line =>
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 512 });
            var name = NameOf(document.RootElement);
            if (Verdict(judge, document.RootElement) is { } wrong)
                misses[name] = wrong;
        });

        KnownMisses.Check(_name, misses, [.. _lines.Select(NameOfLine)]);
    }

    /// <summary>The same for properties that hold without exception.</summary>
    public void Holds(Func<JsonElement, string?> judge)
    {
        var wrong = new ConcurrentBag<string>();
        Parallel.ForEach(_lines, line =>
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 512 });
            if (Verdict(judge, document.RootElement) is { } why)
                wrong.Add($"{NameOf(document.RootElement)}: {why}");
        });

        wrong.Order(StringComparer.Ordinal).Take(10).ShouldBeEmpty();
    }

    private static string? Verdict(Func<JsonElement, string?> judge, JsonElement item)
    {
        try
        {
            return judge(item);
        }
        catch (Exception crash)
        {
            return "CRASH " + crash;
        }
    }

    private static string NameOfLine(string line)
    {
        using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 512 });
        return NameOf(document.RootElement);
    }

    private static string NameOf(JsonElement item)
    {
        var name = item.GetProperty("name").GetString()!;
        return item.TryGetProperty("variant", out var variant) ? $"{name} [{variant.GetString()}]" : name;
    }
}
