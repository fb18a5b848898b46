using System.Text.Json.Nodes;

namespace Davit.Cli.Tests.Shell;

/// <summary>Flag, then variable, then davit.yaml, then what was saved, then the default; each value on its own.</summary>
public sealed class ContextTests
{
    private static readonly string[] Names = ["server", "org", "project", "app", "env"];

    private const string Saved = """{"server": "http://saved", "org": "saved", "project": "saved", "app": "saved", "env": "saved"}""";

    [Fact]
    public async Task A_flag_wins_over_everything()
    {
        var shown = await ShowAsync(withFlags: true, withVariables: true, withFile: true, withSaved: true);
        foreach (var name in Names)
            shown(name).ShouldBe((name is "server" ? "http://flag" : "flag", $"flag --{name}"));
    }

    [Fact]
    public async Task A_variable_wins_over_files()
    {
        var shown = await ShowAsync(withVariables: true, withFile: true, withSaved: true);
        foreach (var name in Names)
            shown(name).ShouldBe((name is "server" ? "http://variable" : "variable", $"variable DAVIT_{name.ToUpperInvariant()}"));
    }

    [Fact]
    public async Task The_manifest_of_a_parent_directory_wins_over_what_was_saved_for_the_app_alone()
    {
        var shown = await ShowAsync(withFile: true, withSaved: true);
        shown("app").Value.ShouldBe("file");
        shown("app").Origin.ShouldEndWith("davit.yaml");
        foreach (var name in Names.Where(n => n is not "app"))
            shown(name).Value.ShouldEndWith("saved");
    }

    [Fact]
    public async Task What_was_saved_wins_over_the_default()
    {
        var shown = await ShowAsync(withSaved: true);
        foreach (var name in Names)
        {
            shown(name).Value.ShouldEndWith("saved");
            shown(name).Origin.ShouldEndWith("context.json");
        }
    }

    [Fact]
    public async Task Without_anything_the_defaults_count_and_no_app_or_environment_is_guessed()
    {
        var shown = await ShowAsync();
        shown("server").ShouldBe(("unix:///var/lib/davit/davitd.sock", "default"));
        shown("org").ShouldBe(("default", "default"));
        shown("app").ShouldBe(("", "default"));
        shown("env").ShouldBe(("", "default"));
    }

    [Theory]
    [InlineData("Dockerfile", "inner")]
    [InlineData("index.html", "inner")]
    [InlineData("compose.yaml", "named")]
    public async Task A_directory_that_holds_an_app_names_it_when_nothing_else_does(string file, string name)
    {
        (await ShowAsync(holding: file))("app").Value.ShouldBe(name);
        (await ShowAsync(holding: file, withSaved: true))("app").Value.ShouldBe("saved");
        (await ShowAsync(holding: file, withFile: true))("app").Value.ShouldBe("file");
    }

    [Fact]
    public async Task A_directory_that_is_given_is_looked_into_instead_of_the_one_where_the_command_runs()
    {
        using var davit = new Support.Davit().With("here/davit.yaml", "davit: 1\napp: here\n").With("there/davit.yaml", "davit: 1\napp: there\n").With("bare/index.html", "<p>");
        foreach (var (directory, name) in ((string, string)[])[("../there", "there"), ("../bare", "bare"), (".", "here")])
        {
            var ended = await davit.RunAsync(["plan", directory, "--env", "production", "--server", "unix:///nowhere"], [], Path.Combine(davit.Home, "here"));
            ended.Error.ShouldContain($"{name} → production");
        }
    }

    [Fact]
    public async Task What_is_saved_can_be_read_by_its_owner_only_and_only_flags_are_saved()
    {
        using var davit = new Support.Davit();
        (await davit.RunAsync(["context", "use", "--app", "shop"], [("DAVIT_ENV", "staging")])).Exit.ShouldBe(0);
        var file = Path.Combine(davit.Config, "context.json");
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!.ToJsonString().ShouldBe("""{"app":"shop"}""");
    }

    private static async Task<Func<string, (string Value, string Origin)>> ShowAsync(bool withFlags = false, bool withVariables = false, bool withFile = false, bool withSaved = false, string holding = "empty")
    {
        using var davit = new Support.Davit().With($"app/inner/{holding}", "name: named\n");
        if (withFile)
            davit.With("app/davit.yaml", "davit: 1\napp: file\n");
        if (withSaved)
            davit.With("config/davit/context.json", Saved);
        string[] flags = withFlags ? [.. Names.SelectMany(n => (string[])[$"--{n}", n is "server" ? "http://flag" : "flag"])] : [];
        (string, string)[] variables = withVariables ? [.. Names.Select(n => ($"DAVIT_{n.ToUpperInvariant()}", n is "server" ? "http://variable" : "variable"))] : [];
        var ended = await davit.RunAsync(["context", "show", "--json", .. flags], variables, Path.Combine(davit.Home, "app/inner"));
        ended.Exit.ShouldBe(0, ended.ToString());
        var shown = JsonNode.Parse(ended.Out)!;
        return name => ((string)shown[name]!["value"]!, (string)shown[name]!["origin"]!);
    }
}
