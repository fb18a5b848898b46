using System.Text.Json.Nodes;
using Davit.Manifest.Shapes;
using Davit.Model;
using Davit.Testing;

namespace Davit.Manifest.Tests.Corpus;

/// <summary>Every place of a manifest that takes a text, as the tables of shapes list them, with texts that mean no good.</summary>
public sealed class HostileFieldTests
{
    private const int Deepest = 7;
    private const int Parts = 60;

    [Fact]
    public void Every_text_of_a_compose_file_is_taken_or_refused() => Judge(ComposeShape.Root, "compose.yaml", new JsonObject { ["services"] = new JsonObject { ["web"] = new JsonObject { ["image"] = "x" } } });

    [Fact]
    public void Every_text_of_a_davit_file_is_taken_or_refused() => Judge(DavitShape.Root, "davit.yaml", new JsonObject { ["davit"] = 1, ["app"] = "shop" });

    private static void Judge(Shape root, string file, JsonObject ground)
    {
        var places = Places(root, 0).ToList();
        places.Count.ShouldBeGreaterThan(40);
        var (number, taken, last) = (0, 0, "");
        foreach (var place in places)
        {
            foreach (var text in HostileTexts.Part(number++, Parts))
            {
                var document = Merged(ground, place(text));
                var tree = new MemorySourceTree("/up/shop").With("compose.yaml", "services: {web: {image: x}}\n").With(file, document.ToJsonString());
                var result = ManifestLoader.LoadAll(new LoadRequest { Source = tree });
                var what = $"{document.ToJsonString()[..Math.Min(400, document.ToJsonString().Length)]}";
                (result.IsAccepted || result.Faults.Any(f => f.Severity is Severity.Error)).ShouldBeTrue(what);
                result.Faults.ShouldAllBe(f => !f.ToString().Any(char.IsControl), what);
                taken += result.IsAccepted ? 1 : 0;
                last = $"{what}\n{string.Join('\n', result.Faults)}";
            }
        }

        taken.ShouldBeGreaterThan(0, last);
    }

    /// <summary>For each place of a text, what makes the smallest value that has it there.</summary>
    private static IEnumerable<Func<string, JsonNode>> Places(Shape shape, int depth)
    {
        if (shape.Kinds.HasFlag(Kinds.Text))
            yield return text => JsonValue.Create(text);
        if (depth is Deepest)
            yield break;
        if (shape.List is { } list)
        {
            foreach (var place in Places(list.Item, depth + 1))
                yield return text => new JsonArray(place(text));
        }

        if (shape.Map is not { } map)
            yield break;
        foreach (var (key, inner) in map.Known)
        {
            foreach (var place in Places(inner, depth + 1))
                yield return text => Required(depth is 0 ? [] : map.Required, key, place(text));
        }

        if (map.Others is not { } others)
            yield break;
        yield return text => new JsonObject { [text] = new JsonObject() };
        foreach (var place in Places(others, depth + 1))
            yield return text => new JsonObject { ["web"] = place(text) };
    }

    private static JsonObject Required(string[] required, string key, JsonNode value)
    {
        var made = new JsonObject(required.Where(r => r != key).Select(r => KeyValuePair.Create(r, (JsonNode?)JsonValue.Create("web"))));
        made[key] = value;
        return made;
    }

    private static JsonObject Merged(JsonObject ground, JsonNode on)
    {
        var merged = ground.DeepClone().AsObject();
        foreach (var (name, value) in on as JsonObject ?? [])
            merged[name] = merged[name] is JsonObject below && value is JsonObject above ? Merged(below, above) : value?.DeepClone();
        return merged;
    }
}
