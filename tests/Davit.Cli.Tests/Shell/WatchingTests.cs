using System.Text.Json.Nodes;
using Davit.Cli.Tests.Support;

namespace Davit.Cli.Tests.Shell;

/// <summary>What a person sees who watches, what a program gets instead, and how the watching ends.</summary>
public sealed class WatchingTests
{
    [Fact]
    public async Task On_a_terminal_a_line_says_what_goes_on_and_each_phase_stays_with_its_time()
    {
        using var server = new LoneServer(ends: true);
        using var davit = new Support.Davit();
        var ended = await davit.OnTerminalAsync(80, Restart(server));
        ended.Exit.ShouldBe(0, ended.ToString());
        ended.Out.ShouldContain("\r\e[K  ⠋ starting");
        ended.Out.ShouldContain("✓\e[0m starting\e[2m  1.0 s");
        ended.Out.ShouldContain("\e[32mlive\e[0m release 3");
    }

    [Fact]
    public async Task Piped_it_is_plain_lines_without_a_moving_one()
    {
        using var server = new LoneServer(ends: true);
        using var davit = new Support.Davit();
        var ended = await davit.RunAsync(Restart(server), [("TERM", "xterm-256color")]);
        ended.Exit.ShouldBe(0, ended.ToString());
        ended.Error.ShouldContain("  ✓ starting  1.0 s\n");
        ended.Out.ShouldBe("http://shop.example/\n");
        (ended.Out + ended.Error).ShouldNotContain("\e");
        (ended.Out + ended.Error).ShouldNotContain("\r");
    }

    [Fact]
    public async Task Ctrl_c_stops_the_watching_and_says_how_to_stop_the_deployment()
    {
        using var server = new LoneServer(ends: false);
        using var davit = new Support.Davit();
        var ended = await davit.InterruptedAsync(server.Waited, Restart(server));
        ended.Exit.ShouldBe(130, ended.ToString());
        ended.Error.ShouldContain($"{LoneServer.Deployment} goes on. Stop it with: davit cancel {LoneServer.Deployment}");
    }

    [Fact]
    public async Task Interrupted_under_json_the_one_document_is_the_problem()
    {
        using var server = new LoneServer(ends: false);
        using var davit = new Support.Davit();
        var ended = await davit.InterruptedAsync(server.Waited, [.. Restart(server), "--json"]);
        ended.Exit.ShouldBe(130, ended.ToString());
        ((string?)JsonNode.Parse(ended.Out)!["code"]).ShouldBe("DV4511");
        ended.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wait_that_ends_first_is_76_and_the_work_goes_on()
    {
        using var server = new LoneServer(ends: false);
        using var davit = new Support.Davit();
        var ended = await davit.RunAsync([.. Restart(server), "--wait-timeout", "500ms", "--json"]);
        ended.Exit.ShouldBe(76, ended.ToString());
        ((string?)JsonNode.Parse(ended.Out)!["code"]).ShouldBe("DV4512");
        ((string?)JsonNode.Parse(ended.Out)!["hint"]).ShouldBe($"davit wait {LoneServer.Deployment}");
    }

    [Fact]
    public async Task A_server_that_takes_too_long_is_try_again_with_the_key_that_makes_it_safe()
    {
        using var server = new LoneServer(ends: false);
        using var davit = new Support.Davit();
        var ended = await davit.RunAsync("whoami", "--server", server.Address, "--timeout", "300ms", "--idempotency-key", "key-of-mine");
        ended.Exit.ShouldBe(75, ended.ToString());
        ended.Error.ShouldContain("DV4513");
        ended.Error.ShouldContain("--idempotency-key key-of-mine");
    }

    [Fact]
    public async Task Following_ends_when_nobody_reads_any_more()
    {
        using var server = new LoneServer(ends: true);
        using var davit = new Support.Davit();
        (await davit.ReadOnceAsync("events", "--follow", "--server", server.Address)).ShouldBe(0);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    public async Task A_table_is_no_wider_than_the_terminal(int columns)
    {
        using var davit = new Support.Davit();
        var ended = await davit.OnTerminalAsync(columns, "context", "show", "--color", "never", "--server", "unix:///a/path/that/is/longer/than/any/terminal/of/this/test/is/wide/davitd.sock");
        ended.Exit.ShouldBe(0, ended.ToString());
        ended.Out.Split('\n').Select(l => l.TrimEnd('\r').Split('\u001b')[0]).ShouldAllBe(l => l.Length <= columns);
        ended.Out.ShouldContain("…");
    }

    [Fact]
    public async Task What_is_asked_of_the_server_is_told_on_request_one_object_a_line()
    {
        using var server = new LoneServer(ends: true);
        using var davit = new Support.Davit();
        var ended = await davit.RunAsync([.. Restart(server), "--verbose", "--log-format", "json", "--stable", "--quiet"]);
        var lines = ended.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe($$"""{"level":"debug","method":"POST","path":"{{server.Address}}v1/orgs/default/projects/default/apps/shop/envs/production/deployments","status":200}""");
        lines.ShouldAllBe(l => JsonNode.Parse(l, null, default) != null);
    }

    private static string[] Restart(LoneServer server) => ["restart", "--app", "shop", "--env", "production", "--server", server.Address];
}
