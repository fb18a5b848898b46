using System.Text;
using System.Text.Json;

namespace Davit.Testing;

/// <summary>Texts that mean no good, for every field that takes one. What one of them brings about carries <see cref="Canary"/>.</summary>
public static class HostileTexts
{
    public const string Canary = "CANARY7f3a";

    private static readonly string[] Own =
    [
        "$(touch CANARY7f3a)", "`touch CANARY7f3a`", "; touch CANARY7f3a", "| touch CANARY7f3a", "--upload-pack=touch CANARY7f3a", "-oProxyCommand=touch CANARY7f3a", "@/etc/passwd", "@CANARY7f3a", "../../CANARY7f3a", "/etc/passwd",
        "a\nb", "a\r\nX-CANARY7f3a: 1", "\u001b]0;CANARY7f3a\u0007", "\u202eexe.gpj", "a\0b", "${CANARY7f3a}", "$CANARY7f3a", "{{7*7}}", "%s%n%00", "'; drop table apps; --", "<script>CANARY7f3a</script>", "\ufeff", "\u2028", "", " ", "null", "true",
        new('a', 70_000),
    ];

    /// <summary>The texts of the corpus beside the checkout, when it is there, and some of our own.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Own, .. Corpus()];

    /// <summary>A part of them, another for each number, so that many places together see all.</summary>
    public static IEnumerable<string> Part(int number, int of) => All.Where((_, at) => at % of == number % of);

    private static IEnumerable<string> Corpus()
    {
        if (Repository.Corpora is not { } corpora || Path.Combine(corpora, "compose/hostile.jsonl") is var path && !File.Exists(path))
            yield break;
        foreach (var line in File.ReadLines(path))
        {
            using var item = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 1024 });
            if (item.RootElement.TryGetProperty("value", out var value))
                yield return value.GetString()!;
            else if (item.RootElement.TryGetProperty("value_base64", out var bytes))
                yield return Encoding.UTF8.GetString(bytes.GetBytesFromBase64());
            else if (item.RootElement.TryGetProperty("generate", out var generate) && generate.GetProperty("repeat").GetString() is { } part && part.Length * generate.GetProperty("count").GetInt32() < 200_000)
                yield return new StringBuilder().Insert(0, part, generate.GetProperty("count").GetInt32()).ToString();
        }
    }
}
