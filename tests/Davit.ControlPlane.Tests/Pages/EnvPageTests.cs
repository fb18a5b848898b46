using System.Net;
using Davit.ControlPlane.Tests.People;
using Davit.ControlPlane.Tests.Support;
using Davit.Drivers.Memory;
using Davit.Testing.Browser;
using Davit.Testing.Postgres;
using Microsoft.Playwright;

namespace Davit.ControlPlane.Tests.Pages;

/// <summary>An environment and its deployments in a real browser; the instances are simulated.</summary>
public sealed class EnvPageTests(PostgresServer postgres, Chromium chromium) : IAsyncLifetime, IClassFixture<Chromium>
{
    /// <summary>What htmx writes to the browser's console when a connection is cut. A server that is just going answers 503.</summary>
    private const string LoggedCut = "Event";

    private ConsoleServer _server = null!;
    private Shop _shop = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string EnvPath => _shop.Env["/v1".Length..];

    public async ValueTask InitializeAsync()
    {
        _server = await ConsoleServer.StartAsync(postgres, Ct);
        _shop = await Shop.MakeAsync(_server.Installed, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        _shop.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Simulated_From_the_list_to_an_environment_that_is_restarted_scaled_stopped_and_gone_back_with()
    {
        await ServeAsync("one:1");
        await ServeAsync("two:2");
        var page = await _server.EnterAsync(chromium, "/", Ct);
        await Assertions.Expect(page.Locator("tbody tr")).ToContainTextAsync("ready");
        await page.Locator("tbody th a").ClickAsync();
        await Assertions.Expect(page.Locator(".summary")).ToContainTextAsync("release r2");

        await page.GetByRole(AriaRole.Button, new() { Name = "Restart" }).ClickAsync();
        await Assertions.Expect(page.Locator(".receipt")).ToContainTextAsync("deployment-create");
        await Assertions.Expect(page.Locator(".summary .state")).ToContainTextAsync("live");

        await GoAsync(page, EnvPath);
        await page.FillAsync("input[type=number]", "3");
        await page.GetByRole(AriaRole.Button, new() { Name = "Scale" }).ClickAsync();
        await Assertions.Expect(page.Locator(".receipt")).ToContainTextAsync("rcp_");
        await Assertions.Expect(page.Locator("section[aria-labelledby=services] tbody td").Nth(1)).ToContainTextAsync("3 of 3");

        await page.GetByRole(AriaRole.Button, new() { Name = "Serve r1 again" }).ClickAsync();
        await Assertions.Expect(page.Locator(".summary .state")).ToContainTextAsync("live");
        await Assertions.Expect(page.Locator(".summary")).ToContainTextAsync("release r1");

        await GoAsync(page, EnvPath);
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await Assertions.Expect(page.Locator(".summary .state")).ToContainTextAsync("stopped");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".summary .state")).ToContainTextAsync("ready");
        _server.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Simulated_A_deployment_is_followed_as_it_happens_and_its_failure_leads_with_the_cause()
    {
        await ServeAsync("old:1");
        var page = await _server.EnterAsync(chromium, EnvPath, Ct);
        await Assertions.Expect(page.Locator(".summary")).ToContainTextAsync("release r1");
        Image("broken:1", i => i with { ExitsAfter = TimeSpan.FromMilliseconds(20), ExitCode = 3, Output = [(Drivers.OutputChannel.Stderr, "<b>DATABASE_URL</b> must be set")] });

        var failing = await _shop.DeployAsync(Shop.Image("broken:1"));
        await Assertions.Expect(page.Locator("section[aria-labelledby=deployments] tbody tr").First).ToContainTextAsync("2");
        await GoAsync(page, $"{EnvPath}/deployments/{failing}");

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("<b>DATABASE_URL</b> must be set");
        await Assertions.Expect(page.Locator(".summary .state")).ToContainTextAsync("failed");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToHaveCountAsync(0);
        _server.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Simulated_A_deployment_that_does_not_get_on_is_cancelled()
    {
        await ServeAsync("old:1");
        Image("slow:1", i => i with { ComesAfter = TimeSpan.FromMinutes(10) });
        var page = await _server.EnterAsync(chromium, $"{EnvPath}/deployments/{await _shop.DeployAsync(Shop.Image("slow:1"))}", Ct);

        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

        await Assertions.Expect(page.Locator(".receipt")).ToContainTextAsync("rcp_");
        await Assertions.Expect(page.Locator(".summary .state")).ToContainTextAsync("cancelled");
        _server.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Simulated_While_the_server_is_away_the_page_says_so_and_then_shows_what_has_happened()
    {
        await ServeAsync("old:1");
        var page = await _server.EnterAsync(chromium, EnvPath, Ct);
        await Assertions.Expect(page.Locator(".summary")).ToContainTextAsync("release r1");
        await Assertions.Expect(page.Locator("#reconnecting")).ToBeHiddenAsync();

        await _server.Installed.StopServerAsync();
        await Assertions.Expect(page.Locator("#reconnecting")).ToBeVisibleAsync();
        await _server.Installed.StartServerAsync(Ct);
        await ServeAsync("new:2");

        await Assertions.Expect(page.Locator(".summary")).ToContainTextAsync("release r2", new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator("#reconnecting")).ToBeHiddenAsync();
        _server.Faults.ShouldAllBe(f => f == LoggedCut || f.StartsWith("503 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Simulated_What_services_write_is_read_searched_and_followed_across_a_restart_of_the_server()
    {
        Image("talks:1", i => i with { Output = [(Drivers.OutputChannel.Stdout, "hello <b>you</b>"), (Drivers.OutputChannel.Stderr, "and a warning")] });
        await _shop.LiveAsync(await _shop.DeployAsync(Shop.Image("talks:1")));
        var page = await _server.EnterAsync(chromium, EnvPath, Ct);
        await page.GetByRole(AriaRole.Link, new() { Name = "Log", Exact = true }).ClickAsync();
        var lines = page.Locator(".log li");
        await Assertions.Expect(lines).ToHaveCountAsync(2);
        await Assertions.Expect(lines.First).ToContainTextAsync("hello <b>you</b>");

        await _shop.LiveAsync(await _shop.DeployAsync("""{"kind":"serving"}"""));
        await Assertions.Expect(lines).ToHaveCountAsync(4);
        await _server.Installed.StopServerAsync();
        await Assertions.Expect(page.Locator("#reconnecting")).ToBeVisibleAsync();
        await _server.Installed.StartServerAsync(Ct);
        await _shop.LiveAsync(await _shop.DeployAsync("""{"kind":"serving"}"""));
        await Assertions.Expect(lines).ToHaveCountAsync(6, new() { Timeout = 30_000 });

        await page.FillAsync("input[name=grep]", "WARNING");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Assertions.Expect(lines).ToHaveCountAsync(3);
        await ConsoleServer.ScreenshotAsync(page, "log");
        await page.FillAsync("input[name=grep]", "(");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("DV4004");
        _server.Faults.ShouldAllBe(f => f == LoggedCut || f.StartsWith("503 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_done_and_refused_is_listed_and_searched()
    {
        var page = await _server.EnterAsync(chromium, EnvPath, Ct);
        await page.GetByRole(AriaRole.Link, new() { Name = "Events" }).ClickAsync();
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("tbody tr")).ToContainTextAsync("env.created");

        await GoAsync(page, "/orgs/default/audit?type=app.*&decision=allowed");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("tbody tr")).ToContainTextAsync("app.created");
        await Assertions.Expect(page.Locator(".command").First).ToContainTextAsync("davit audit list --org default --type 'app.*' --decision allowed");
        await ConsoleServer.ScreenshotAsync(page, "audit");

        await page.FillAsync("input[name=address]", "10.0.0.0/99");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("DV7905");
        _server.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Simulated_Without_script_the_same_pages_and_forms_work()
    {
        await ServeAsync("old:1");
        var page = await _server.EnterAsync(chromium, EnvPath, Ct, new() { JavaScriptEnabled = false });

        await page.GetByRole(AriaRole.Button, new() { Name = "Restart" }).ClickAsync();

        await Assertions.Expect(page.Locator(".receipt")).ToContainTextAsync("deployment-create");
        await Assertions.Expect(page.Locator("section[aria-labelledby=phases] tbody tr").First).ToContainTextAsync("queued");
    }

    [Theory]
    [InlineData("/orgs/default/projects/default/apps/nope/envs/production")]
    [InlineData("/orgs/nope/projects/default/apps/nope/envs/production/live")]
    [InlineData("/orgs/default/projects/default/apps/x%22%3E%3Cscript%3E/envs/nope/deployments/dep_1/log")]
    public async Task What_is_not_there_is_a_page_that_says_so(string path)
    {
        var page = await _server.EnterAsync(chromium, path, Ct);

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("DV4");
        _server.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_receipt_that_cannot_be_read_leaves_the_page_as_it_is()
    {
        var page = await _server.EnterAsync(chromium, $"{EnvPath}?receipt=rcp_nope", Ct);

        await Assertions.Expect(page.Locator(".summary .state")).ToContainTextAsync("empty");
        await Assertions.Expect(page.Locator(".receipt")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("live")]
    [InlineData("deployments/dep_1/log")]
    public async Task Nobody_who_is_not_signed_in_hears_anything(string part)
    {
        await Staff.SetUpAsync(_server.Installed, "ann@example.com", Ct);
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _server.Address };

        using var answer = await browser.GetAsync($"{EnvPath}/{part}", HttpCompletionOption.ResponseHeadersRead, Ct);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    /// <summary>In the widths that people have; the pictures are for whoever changes how pages look.</summary>
    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    public async Task Simulated_Pages_fit_their_width(int width, ColorScheme scheme)
    {
        await ServeAsync("one:1");
        await ServeAsync("two:2");
        var page = await _server.EnterAsync(chromium, "/", Ct, new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
        await ConsoleServer.FitsAsync(page, $"envs-{width}-{scheme}");
        await GoAsync(page, EnvPath);
        await ConsoleServer.FitsAsync(page, $"env-{width}-{scheme}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Restart" }).ClickAsync();
        await Assertions.Expect(page.Locator(".summary .state")).ToContainTextAsync("live");
        await ConsoleServer.FitsAsync(page, $"deployment-{width}-{scheme}");
        await GoAsync(page, $"{EnvPath}/logs");
        await ConsoleServer.FitsAsync(page, $"log-{width}-{scheme}");
        await GoAsync(page, "/orgs/default/audit");
        await ConsoleServer.FitsAsync(page, $"audit-{width}-{scheme}");
        _server.Faults.ShouldBeEmpty();
    }

    private async Task ServeAsync(string reference)
    {
        Image(reference, i => i);
        await _shop.LiveAsync(await _shop.DeployAsync(Shop.Image(reference)));
    }

    private void Image(string reference, Func<MemoryImage, MemoryImage> change) => _server.Installed.World.Add(change(new MemoryImage(reference)));

    private Task<IResponse?> GoAsync(IPage page, string path) => page.GotoAsync(new Uri(_server.Address, path).ToString());
}
