using System.Text.Json;
using System.Text.Json.Nodes;

namespace Davit.Manifest.Tests.Corpus;

/// <summary>The directories a corpus case lives in, and the placeholders its golden uses for them.</summary>
internal sealed class Scene(string directory)
{
    private const string Above = "/up4/up3/up2/up1";
    private const string Home = "/home/someone";

    private string Project => $"{Above}/{directory}";

    public LoadRequest Request(JsonElement item)
    {
        var tree = new MemorySourceTree(Project);
        foreach (var file in item.GetProperty("files").EnumerateObject())
            tree.With(file.Name, file.Value.GetString()!);
        foreach (var path in ComposeCorpusTests.Texts(item, "dirs"))
            tree.WithDirectory(path);
        var variables = Json.Texts(item.GetProperty("env"));
        variables["HOME"] = Home;
        variables["PWD"] = Project;
        return new LoadRequest
        {
            Source = tree,
            Mode = LoadMode.Compose,
            ComposeFiles = ComposeCorpusTests.Texts(item, "config_files"),
            EnvFiles = ComposeCorpusTests.Texts(item, "env_files"),
            Profiles = ComposeCorpusTests.Texts(item, "profiles"),
            ProjectName = item.TryGetProperty("project_name", out var name) ? name.GetString() : null,
            ProjectDirectory = item.TryGetProperty("project_directory", out var base_) ? base_.GetString() : null,
            Variables = Maps.None.AddRange(variables),
            SkipConsistency = item.TryGetProperty("consistency", out var on) && !on.GetBoolean(),
        };
    }

    /// <summary>The golden with real paths: a single dollar begins a placeholder, a doubled one is a doubled one.</summary>
    public string Place(JsonElement model)
    {
        const string Kept = "\u0001\u0002";
        return model.GetRawText()
            .Replace("$$", Kept, StringComparison.Ordinal)
            .Replace("$PROJECT", Project, StringComparison.Ordinal)
            .Replace("$UP1", Above, StringComparison.Ordinal)
            .Replace("$UP2", "/up4/up3/up2", StringComparison.Ordinal)
            .Replace("$UP3", "/up4/up3", StringComparison.Ordinal)
            .Replace("$UP4", "/up4", StringComparison.Ordinal)
            .Replace("$HOME", Home, StringComparison.Ordinal)
            .Replace(Kept, "$$", StringComparison.Ordinal);
    }

    /// <summary>Drops <c>create_host_path: true</c> of bind mounts, which one of the two references prints and the other does not.</summary>
    public static JsonElement WithoutDefaults(JsonElement model)
    {
        var node = JsonNode.Parse(model.GetRawText(), documentOptions: new JsonDocumentOptions { MaxDepth = 256 })!;
        foreach (var bind in Binds(node).Where(b => b["create_host_path"]?.GetValueKind() is JsonValueKind.True))
            bind.Remove("create_host_path");
        return JsonSerializer.SerializeToElement(node);
    }

    private static IEnumerable<JsonObject> Binds(JsonNode model) =>
        from service in model["services"] as JsonObject ?? []
        from mount in service.Value?["volumes"] as JsonArray ?? []
        let bind = mount?["bind"] as JsonObject
        where bind is not null
        select bind;
}
