using System.Net;
using System.Text.Json.Nodes;
using Davit.EndToEnd.Tests.Support;
using Davit.Testing;

namespace Davit.EndToEnd.Tests;

/// <summary>What somebody sees who deploys the samples for the first time and looks around.</summary>
[Collection(FirstInstallation.Name)]
public sealed class FirstDeploymentTests(Platform platform)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_directory_with_a_Dockerfile_is_live_after_one_command()
    {
        var app = new App(platform, "hello");

        var up = (await app.DavitAsync("up", Ct, Sample("hello"))).ShouldSucceed();

        up.Out.Trim().ShouldBe(app.Url.ToString());
        up.Error.ShouldContain($"made app {app.Name}");
        up.Error.ShouldContain("live release 1 as deployment #1");
        await app.ShouldAnswerAsync("hello from davit", Ct);
        (await app.InstancesAsync(Ct)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_static_site_is_served_without_an_instance()
    {
        var app = new App(platform, "site");

        (await app.DavitAsync("up", Ct, Sample("site"))).ShouldSucceed();

        (await app.GetAsync("/", Ct)).Body.ShouldContain("Served by the edge itself");
        (await app.GetAsync("/style.css", Ct)).Status.ShouldBe(HttpStatusCode.OK);
        var missing = await app.GetAsync("/nowhere", Ct);
        missing.Status.ShouldBe(HttpStatusCode.NotFound);
        missing.Body.ShouldContain("Nothing lies at this address");
        (await app.InstancesAsync(Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Five_services_are_released_together_and_can_be_looked_at()
    {
        var app = new App(platform, "guestbook");
        var password = Platform.Unique();

        var refused = await app.Davit("up", [Sample("guestbook")]).RunAsync(Ct);
        refused.ShouldFail().Error.ShouldContain("GUESTBOOK_DB_PASSWORD");
        (await app.Davit("up", [Sample("guestbook")], ("GUESTBOOK_DB_PASSWORD", password)).RunAsync(Ct)).ShouldSucceed();

        await SignsAndIsCountedAsync(app);
        await StatusTellsAsync(app);
        await LogsTellAsync(app);
        await HistoryTellsAsync(app);
        var journal = (await platform.DavitAsync(["events"], Ct)).ShouldSucceed().Out;
        journal.ShouldNotContain(password);
        string.Join('\n', platform.Output).ShouldNotContain(password);
    }

    [Fact]
    public async Task The_command_line_says_who_it_is_and_where_its_values_come_from()
    {
        (await platform.DavitAsync(["whoami"], Ct)).ShouldSucceed().Out.ShouldContain("owner of default");

        var context = (await platform.DavitAsync(["context", "show", "--app", "some"], Ct)).ShouldSucceed().Out;
        context.ShouldContain("variable DAVIT_SERVER");
        context.ShouldContain("flag --app");

        var doctor = (await platform.DavitAsync(["doctor"], Ct)).ShouldSucceed().Out;
        foreach (var check in (string[])["database", "engine", "edge", "disk"])
            doctor.ShouldContain(check);
        doctor.ShouldNotContain("blocking");

        var typo = await platform.DavitAsync(["deplyo"], Ct);
        typo.ShouldFail(2).Error.ShouldContain("deplyo");
    }

    private static async Task SignsAndIsCountedAsync(App app)
    {
        using var browser = app.Browser();
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("text", "four words <of> praise")]);
        using var signed = await browser.PostAsync("/", form, Ct);
        ((int)signed.StatusCode).ShouldBe(302);

        var page = await Eventually.SeesAsync(async () => (await app.GetAsync("/", Ct)).Body, b => b.Contains("4 words", StringComparison.Ordinal), "the worker counts", App.Soon, Ct);
        page.ShouldContain("four words &lt;of&gt; praise");
    }

    private static async Task StatusTellsAsync(App app)
    {
        var status = await app.StatusAsync(Ct);
        ((string)status["state"]!).ShouldBe("ready");
        status["services"]!.AsArray().Select(s => $"{s!["name"]} {s["ready"]}/{s["wanted"]}").Order(StringComparer.Ordinal)
            .ShouldBe(["api 1/1", "cache 1/1", "db 1/1", "web 1/1", "worker 1/1"]);
        (await app.DavitAsync("open", Ct)).ShouldSucceed().Out.Trim().ShouldBe(app.Url.ToString());
        (await app.DavitAsync("status", Ct)).ShouldSucceed().Out.ShouldContain("worker");
    }

    private static async Task LogsTellAsync(App app)
    {
        var worker = await Eventually.SeesAsync(async () => (await app.DavitAsync("logs", Ct, "worker")).ShouldSucceed().Out, l => l.Contains("counted entry", StringComparison.Ordinal), "the worker's log", App.Soon, Ct);
        worker.ShouldContain("counting words");
        worker.ShouldNotContain("listening on 8080");
        (await app.DavitAsync("logs", Ct)).ShouldSucceed().Out.ShouldContain("listening on 8080");

        var found = (await app.DavitAsync("logs", Ct, "--grep", "counted entry [0-9]+")).ShouldSucceed().Out;
        found.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(l => l.Contains("counted entry", StringComparison.Ordinal));
        (await app.DavitAsync("logs", Ct, "worker", "--since", "1h")).ShouldSucceed().Out.ShouldContain("counting words");
        (await app.DavitAsync("logs", Ct, "worker", "--until", "1h")).ShouldSucceed().Out.ShouldBeEmpty();
        (await app.DavitAsync("logs", Ct, "worker", "--tail", "1")).ShouldSucceed().Out.Trim().Split('\n').Length.ShouldBe(1);
    }

    private async Task HistoryTellsAsync(App app)
    {
        var deployment = (string)(await app.StatusAsync(Ct))["deployment"]!;
        (await app.JsonAsync("releases", Ct))["items"]!.AsArray().Count.ShouldBe(1);
        var listed = (await app.JsonAsync("deployments", Ct))["items"]!.AsArray();
        listed.ShouldHaveSingleItem()!["id"]!.GetValue<string>().ShouldBe(deployment);
        (await app.DavitAsync("logs", Ct, "--deployment", deployment)).ShouldSucceed().Out.ShouldContain("the table entries is there");

        var described = JsonNode.Parse((await app.DavitAsync("describe", Ct, deployment)).ShouldSucceed().Out)!;
        described["events"]!.AsArray().Select(e => (string)e!["type"]!).ShouldContain("deployment.live");
        (await platform.DavitAsync(["event", "verify"], Ct)).ShouldSucceed().Out.ShouldContain("chain intact");
        await ReceiptIsGenuineAsync(deployment);
    }

    private async Task ReceiptIsGenuineAsync(string about)
    {
        var receipt = (await platform.DavitAsync(["receipt", "get", about], Ct)).ShouldSucceed().Out;
        var file = Path.Combine(platform.Home, $"receipt-{Platform.Unique()}.json");
        await File.WriteAllTextAsync(file, receipt, Ct);
        (await platform.DavitAsync(["receipt", "verify", file], Ct)).ShouldSucceed().Out.ShouldContain("is genuine: deployment live");

        await File.WriteAllTextAsync(file, receipt.Replace("\"live\"", "\"lire\"", StringComparison.Ordinal), Ct);
        (await platform.DavitAsync(["receipt", "verify", file], Ct)).ShouldFail();
    }

    private static string Sample(string name) => Path.Combine(Repository.Root, "samples", name);
}
