using System.Text.Json.Nodes;

namespace Davit.Cli.Tests.Shell;

public sealed class CommandLineTests
{
    private const string Nobody = "unix:///nonexistent/davitd.sock";

    [Theory]
    [InlineData("deploi", "deploy")]
    [InlineData("env lst", "list")]
    [InlineData("validate --canonicl", "--canonical")]
    [InlineData("--jsn", "--json")]
    public async Task An_unknown_word_is_a_wrong_command_line_and_the_right_one_is_named(string line, string meant)
    {
        using var davit = new Support.Davit();
        var ended = await davit.RunAsync(line.Split(' '));
        ended.Exit.ShouldBe(2, ended.ToString());
        ended.Error.ShouldContain($"{meant}");
        ended.Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_is_away_means_try_again()
    {
        using var davit = new Support.Davit();
        var ended = await davit.RunAsync("whoami", "--server", Nobody);
        ended.Exit.ShouldBe(75, ended.ToString());
        ended.Error.ShouldContain("DV4017");
        ended.Out.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("whoami --server unix:///nonexistent/davitd.sock", 75, "DV4017")]
    [InlineData("deploi", 2, "DV4510")]
    [InlineData("status --server unix:///nonexistent/davitd.sock", 2, "DV4502")]
    [InlineData("validate nowhere", 1, "DV4505")]
    [InlineData("validate", 1, "DV1001")]
    [InlineData("wait", 2, "DV4510")]
    [InlineData("server status --server unix:///nonexistent/davitd.sock", 75, "DV4017")]
    [InlineData("whoami --server nowhere", 2, "DV4505")]
    [InlineData("whoami --timeout soon --server unix:///nonexistent/davitd.sock", 2, "DV4505")]
    [InlineData("rollback --wait --no-wait", 2, "DV4505")]
    [InlineData("whoami --color pink", 2, "DV4510")]
    [InlineData("login --token-file /nonexistent/token", 1, "DV4505")]
    [InlineData("context show", 0, null)]
    [InlineData("version", 0, null)]
    public async Task Json_is_one_document_whatever_happens(string line, int exit, string? code)
    {
        using var davit = new Support.Davit();
        var ended = await davit.RunAsync([.. line.Split(' '), "--json"]);
        ended.Exit.ShouldBe(exit, ended.ToString());
        var document = JsonNode.Parse(ended.Out)!.AsObject();
        ((string?)document["code"]).ShouldBe(code);
        ended.Error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("validate")]
    [InlineData("context show")]
    [InlineData("whoami --server unix:///nonexistent/davitd.sock")]
    public async Task Nothing_that_is_piped_holds_an_escape_byte(string line)
    {
        using var davit = new Support.Davit();
        var ended = await davit.RunAsync(line.Split(' '), [("TERM", "xterm-256color")]);
        (ended.Out + ended.Error).ShouldNotContain("\e");
        (ended.Out + ended.Error).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Credentials_that_others_can_read_are_not_read()
    {
        using var davit = new Support.Davit().With("config/davit/credentials.json", "{}", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        var ended = await davit.RunAsync("whoami", "--server", Nobody);
        ended.Exit.ShouldBe(1, ended.ToString());
        ended.Error.ShouldContain("DV4503");
        ended.Error.ShouldContain("chmod 600");
    }

    [Theory]
    [InlineData("env l", "list")]
    [InlineData("manifest show --format ", "compose davit")]
    [InlineData("validate --can", "--canonical")]
    [InlineData("complet", "completion")]
    [InlineData("env get --app ", "")]
    public async Task Words_are_completed_and_a_server_that_is_away_costs_nothing(string line, string found)
    {
        using var davit = new Support.Davit();
        var ended = await davit.RunAsync(["complete", "--", .. line.Split(' ')], [("DAVIT_SERVER", Nobody)]);
        ended.Exit.ShouldBe(0, ended.ToString());
        ended.Out.ShouldBe(string.Concat(found.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => w + "\n")));
        ended.Error.ShouldBeEmpty();
    }
}
