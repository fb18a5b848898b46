using Davit.EndToEnd.Tests.Support;

namespace Davit.EndToEnd.Tests;

/// <summary>
/// Whatever is wrong with a change: the command fails and says why, the release before it goes on answering, and nothing of
/// the new one is left.
/// </summary>
[Collection(SecondInstallation.Name)]
public sealed class BrokenDeploymentTests(Platform platform)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_build_that_fails_names_the_step()
    {
        var app = await ServingAsync("build");

        File.Delete(Path.Combine(app.Directory, "compose.yaml"));
        app.With("Dockerfile", "FROM busybox:1\nRUN echo before the reef\nRUN echo aground >&2; exit 7\nCMD [\"true\"]\n");

        var failed = await FailsAsync(app);
        failed.ShouldContain("build");
        failed.ShouldContain("aground");
        failed.ShouldContain("exit 7");
    }

    [Fact]
    public async Task An_instance_that_ends_is_quoted()
    {
        var app = await ServingAsync("crash");

        var failed = await FailsAsync(app.Running("echo cannot open the ledger; exit 3"));

        failed.ShouldContain("error DV2201");
        failed.ShouldContain("exit code 3");
        failed.ShouldContain("cannot open the ledger");
    }

    [Fact]
    public async Task An_instance_that_misses_a_variable_is_understood()
    {
        var app = await ServingAsync("variable");

        var failed = await FailsAsync(app.Running("echo Error: LEDGER_URL must be set >&2; exit 1"));

        failed.ShouldContain("error DV2214");
        failed.ShouldContain("LEDGER_URL: …");
    }

    [Fact]
    public async Task A_program_without_its_interpreter_is_understood()
    {
        var app = await ServingAsync("interpreter");
        app.With("compose.yaml", """
            services:
              web:
                image: busybox:1
                init: true
                command: [/start]
                configs: [{ source: start, target: /start, mode: 0755 }]
            configs:
              start: { content: "#!/nowhere/ruby\n" }
            """);

        var failed = await FailsAsync(app);

        failed.ShouldContain("error DV3013");
        failed.ShouldContain("/start");
    }

    [Fact]
    public async Task A_port_that_only_the_instance_itself_can_reach_is_understood()
    {
        var app = await ServingAsync("loopback");

        var failed = await FailsAsync(app.Running("mkdir /www && exec httpd -f -p 127.0.0.1:8080 -h /www"));

        failed.ShouldContain("error DV2204");
        failed.ShouldContain("0.0.0.0:8080");
    }

    [Fact]
    public async Task Another_port_than_the_wanted_one_is_found()
    {
        var app = await ServingAsync("port");

        var failed = await FailsAsync(app.Running("mkdir /www && exec httpd -f -p 9090 -h /www"));

        failed.ShouldContain("error DV2205");
        failed.ShouldContain("port: 9090");
    }

    [Fact]
    public async Task A_probe_that_is_sent_elsewhere_is_told()
    {
        var app = await ServingAsync("redirect");

        var failed = await FailsAsync(app.Saying("new", davit: "port: 8080, health: { path: /away, expect: 200-299, startup: 10s }"));

        failed.ShouldContain("error DV2206");
        failed.ShouldContain("/away/");
    }

    [Fact]
    public async Task A_probe_that_is_answered_with_an_error_is_quoted()
    {
        var app = await ServingAsync("status");

        var failed = await FailsAsync(app.Running(
            "mkdir -p /www/cgi-bin && printf \"#!/bin/sh\\necho Status: 500 Broken; echo; echo the database is down\" > /www/cgi-bin/h && chmod +x /www/cgi-bin/h && exec httpd -f -p 8080 -h /www",
            davit: "port: 8080, health: { path: /cgi-bin/h, startup: 10s }"));

        failed.ShouldContain("error DV2207");
        failed.ShouldContain("status 500");
        failed.ShouldContain("the database is down");
    }

    [Fact]
    public async Task An_instance_that_needs_more_memory_than_it_may_is_understood()
    {
        var app = await ServingAsync("memory");

        var failed = await FailsAsync(app.Running("exec dd if=/dev/zero of=/dev/null bs=200M count=1", more: "    mem_limit: 24m"));

        failed.ShouldContain("error DV2202");
        failed.ShouldContain("24 MiB");
    }

    [Fact]
    public async Task An_image_that_is_nowhere_is_named()
    {
        var app = await ServingAsync("pull");
        app.With("compose.yaml", "services:\n  web:\n    image: localhost:1/nothing/here:1\n");

        (await FailsAsync(app)).ShouldContain("localhost:1/nothing/here:1");
    }

    [Fact]
    public async Task A_wrong_manifest_is_told_with_its_place_and_a_suggestion()
    {
        var app = await ServingAsync("manifest");
        app.With("davit.yaml", "davit: 1\nservices:\n  web: { kind: web, prot: 8080 }\n");

        var failed = await FailsAsync(app);

        failed.ShouldContain("davit.yaml:3:21");
        failed.ShouldContain("port");
    }

    [Fact]
    public async Task A_first_deployment_that_fails_leaves_an_empty_environment()
    {
        var app = new App(platform, "first").Running("echo no; exit 1");

        (await app.DavitAsync("up", Ct, app.Directory)).ShouldFail().Error.ShouldContain("error DV2201");

        await app.SettlesAtAsync(0, Ct);
        ((string)(await app.StatusAsync(Ct))["state"]!).ShouldBe("empty");
        ((int)(await app.GetAsync("/", Ct)).Status).ShouldBe(404);
    }

    private async Task<App> ServingAsync(string kind)
    {
        var app = new App(platform, kind).Saying("old");
        await app.UpAsync(Ct);
        await app.ShouldAnswerAsync("old", Ct);
        return app;
    }

    /// <summary>Deploys what must not go live and checks that all is as it was.</summary>
    private static async Task<string> FailsAsync(App app)
    {
        var before = await app.InstancesAsync(Ct);
        before.Length.ShouldBe(1);

        var failed = (await app.DeployAsync(Ct)).ShouldFail();

        await app.ShouldAnswerAsync("old", Ct);
        (await app.SettlesAtAsync(1, Ct)).ShouldBe(before);
        await app.ShouldAnswerAsync("old", Ct);
        var status = await Eventually.SeesAsync(() => app.StatusAsync(Ct), s => (string)s["state"]! is "ready", "ready again", App.Soon, Ct);
        status["running"].ShouldBeNull();
        failed.Error.ShouldContain("docs");
        return failed.Error;
    }
}
