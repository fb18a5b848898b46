using System.Text.Json;
using System.Text.Json.Nodes;
using Davit.Testing;

namespace Davit.Cli.Tests.Manifests;

/// <summary>Cases of the acceptance corpus through the executable, run as the reference is: in the project directory, with the case's variables only.</summary>
public sealed class ComposeFormTests
{
    [Theory]
    [InlineData("e2e", 4)]
    [InlineData("loader", 4)]
    [InlineData("spec", 2)]
    [InlineData("templates", 2)]
    public async Task The_executable_prints_what_the_reference_prints(string table, int count)
    {
        var path = Path.Combine(Repository.Corpora ?? "", "compose", table + ".jsonl");
        Assert.SkipUnless(File.Exists(path), $"THE COMPOSE CORPUS IS MISSING: {table}.jsonl is expected in ../shared/corpora/compose beside the checkout; nothing was checked");
        var lines = await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
        for (var i = 0; i < count; i++)
            await JudgeAsync(JsonNode.Parse(lines[lines.Length * i / count], documentOptions: new JsonDocumentOptions { MaxDepth = 512 })!.AsObject());
    }

    private static async Task JudgeAsync(JsonObject item)
    {
        if (item["needs"] is not null)
            return;
        using var davit = new Support.Davit();
        var project = $"up4/up3/up2/up1/{item["project_dir"]}";
        foreach (var directory in Texts(item, "dirs").Append("."))
            Directory.CreateDirectory(Path.Combine(davit.Home, project, directory));
        foreach (var (file, content) in item["files"]!.AsObject())
            davit.With($"{project}/{file}", (string)content!);

        var ended = await davit.RunAsync(
            ["manifest", "show", "--format", "compose", .. Flags(item), .. Texts(item, "services")],
            [.. item["env"]!.AsObject().Select(v => (v.Key, (string)v.Value!))],
            Path.Combine(davit.Home, project));
        var expect = item["expect"]!;
        var name = $"{item["name"]} {item["variant"]}: {ended}";
        ended.Exit.ShouldBe((bool)expect["ok"]! ? 0 : 1, name);
        if (ended.Exit is 0)
            Comparable(JsonNode.Parse(ended.Out)!).ShouldBe(Comparable(JsonNode.Parse(Placed(expect["model"]!.ToJsonString(), davit.Home, project))!), name);
        else
            ended.Out.ShouldBeEmpty(name);
    }

    private static IEnumerable<string> Flags(JsonObject item) =>
    [
        .. Texts(item, "config_files").SelectMany(f => (string[])["-f", f]),
        .. Texts(item, "env_files").SelectMany(f => (string[])["--env-file", f]),
        .. Texts(item, "profiles").SelectMany(p => (string[])["--profile", p]),
        .. item["project_name"] is { } name ? (string[])["-p", (string)name!] : [],
        .. item["project_directory"] is { } directory ? (string[])["--project-directory", (string)directory!] : [],
        .. item["consistency"] is { } on && !(bool)on ? (string[])["--no-consistency"] : [],
    ];

    private static IEnumerable<string> Texts(JsonObject item, string key) => item[key] is JsonArray list ? list.Select(t => (string)t!) : [];

    private static string Placed(string model, string home, string project) => model
        .Replace("$$", "\u0001", StringComparison.Ordinal)
        .Replace("$PROJECT", $"{home}/{project}", StringComparison.Ordinal)
        .Replace("$UP1", $"{home}/up4/up3/up2/up1", StringComparison.Ordinal)
        .Replace("$UP2", $"{home}/up4/up3/up2", StringComparison.Ordinal)
        .Replace("$UP3", $"{home}/up4/up3", StringComparison.Ordinal)
        .Replace("$UP4", $"{home}/up4", StringComparison.Ordinal)
        .Replace("$HOME", home, StringComparison.Ordinal)
        .Replace("\u0001", "$$", StringComparison.Ordinal);

    /// <summary>Keys sorted, and without the default that one of the references prints and the other does not.</summary>
    private static string Comparable(JsonNode model)
    {
        foreach (var service in model["services"]?.AsObject() ?? [])
        {
            foreach (var bind in (service.Value?["volumes"] as JsonArray ?? []).Select(v => v?["bind"] as JsonObject).Where(b => b?["create_host_path"]?.GetValueKind() is JsonValueKind.True))
                bind!.Remove("create_host_path");
        }

        return Model.CanonicalJson.Text(model);
    }
}
