using System.Net;
using System.Text;
using Davit.ControlPlane.Tests.People;
using Davit.Testing.Browser;
using Davit.Testing.Postgres;
using Microsoft.Playwright;

namespace Davit.ControlPlane.Tests.Pages;

/// <summary>From the printed link to the first page, in a real browser.</summary>
public sealed class FirstStepsTests(PostgresServer postgres, Chromium chromium) : IAsyncLifetime, IClassFixture<Chromium>
{
    private const string Hostile = "<img src=x onerror=alert(1)>'\"&amp;";

    private ConsoleServer _server = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await ConsoleServer.StartAsync(postgres, Ct);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_printed_link_makes_the_first_owner_once_and_he_signs_out_and_in()
    {
        var code = await File.ReadAllTextAsync(_server.Installed.Options.SetupFile, Ct);
        var page = await _server.OpenAsync(chromium, $"/setup?code={code}");
        await FillAsync(page, ("email", "ann@example.com"), ("name", Hostile), ("password", "password1234"));
        await page.ClickAsync("button");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("DV7006");
        (await page.InputValueAsync("input[name=email]")).ShouldBe("ann@example.com");
        (await page.InputValueAsync("input[name=name]")).ShouldBe(Hostile);
        (await page.InputValueAsync("input[name=password]")).ShouldBeEmpty();

        await FillAsync(page, ("password", Staff.Password), ("org", "acme"));
        await page.ClickAsync("button");
        await Assertions.Expect(page).ToHaveTitleAsync("Environments · Davit");
        new Uri(page.Url).AbsolutePath.ShouldBe("/");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("davit up .");

        await page.GotoAsync(new Uri(_server.Address, $"/setup?code={code}").ToString());
        await Assertions.Expect(page).ToHaveTitleAsync("Davit is set up · Davit");
        await page.GotoAsync(_server.Address.ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page).ToHaveTitleAsync("Sign in · Davit");
        await page.GotoAsync(_server.Address.ToString());
        await Assertions.Expect(page).ToHaveTitleAsync("Sign in · Davit");

        await FillAsync(page, ("email", "ann@example.com"), ("password", "wrong wrong wrong"));
        await page.ClickAsync("main button");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("DV7004");
        await FillAsync(page, ("password", Staff.Password));
        await page.ClickAsync("main button");
        await Assertions.Expect(page).ToHaveTitleAsync("Environments · Davit");
        _server.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_an_owner_every_way_leads_to_the_setup_and_a_wrong_code_can_be_typed_anew()
    {
        var page = await _server.OpenAsync(chromium, "/");
        await Assertions.Expect(page).ToHaveTitleAsync("Set Davit up · Davit");

        await FillAsync(page, ("code", "wrong"), ("email", "ann@example.com"), ("name", "Ann"), ("password", Staff.Password));
        await page.ClickAsync("button");

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("DV7001");
        (await page.Locator("input[name=code]").GetAttributeAsync("type")).ShouldBe("text");
        _server.Faults.ShouldBeEmpty();
    }

    /// <summary>In the widths that people have; the pictures are for whoever changes how pages look.</summary>
    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(768, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    public async Task Pages_fit_their_width(int width, ColorScheme scheme)
    {
        var page = await _server.OpenAsync(chromium, "/setup", new() { ViewportSize = new() { Width = width, Height = 800 }, ColorScheme = scheme });
        await ConsoleServer.FitsAsync(page, $"setup-{width}-{scheme}");
        await Staff.SetUpAsync(_server.Installed, "ann@example.com", Ct);
        await page.GotoAsync(new Uri(_server.Address, "/sign-in").ToString());
        await FillAsync(page, ("email", "ann@example.com"), ("password", "wrong wrong wrong"));
        await page.ClickAsync("main button");
        await ConsoleServer.FitsAsync(page, $"sign-in-refused-{width}-{scheme}");
        await FillAsync(page, ("password", Staff.Password));
        await page.ClickAsync("main button");
        await ConsoleServer.FitsAsync(page, $"home-{width}-{scheme}");
    }

    [Fact]
    public async Task A_form_of_another_site_is_refused_and_an_address_is_believed_of_the_console_alone()
    {
        await Staff.SetUpAsync(_server.Installed, "ann@example.com", Ct);
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _server.Address };
        foreach (var (name, value) in ((string, string)[])[("Sec-Fetch-Site", "cross-site"), ("Origin", "https://evil.example.com"), ("X-None", "")])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = new FormUrlEncodedContent([new("email", "ann@example.com"), new("password", Staff.Password)]) };
            request.Headers.Add(name, value);
            using var answer = await browser.SendAsync(request, Ct);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, name);
            answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        }

        using var liar = _server.Installed.Api("");
        liar.Http.DefaultRequestHeaders.Add("X-Davit-Console", "guessed");
        liar.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        var token = (string)(await liar.PostAsync("/v1/sessions", Staff.Body(new { email = "ann@example.com", password = Staff.Password }), Ct)).ShouldBe(200).Json["accessToken"]!;
        using var api = _server.Installed.Api(token);
        (await api.GetAsync("/v1/sessions", Ct)).ShouldBe(200).Text.ShouldNotContain("203.0.113.7");
    }

    [Theory]
    [InlineData("application/json", "{}")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nnonsense")]
    [InlineData("application/x-www-form-urlencoded", "%")]
    [InlineData("text/plain", "")]
    public async Task What_is_no_form_of_a_page_is_told_so(string kind, string body)
    {
        await Staff.SetUpAsync(_server.Installed, "ann@example.com", Ct);
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _server.Address };
        foreach (var path in (string[])["/sign-in", "/setup"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", kind);
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
            using var answer = await browser.SendAsync(request, Ct);
            ((int)answer.StatusCode).ShouldBeInRange(400, 499, path);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        }
    }

    [Theory]
    [InlineData("%0d%0aX-Davit-Console:%20guessed")]
    [InlineData("%c3%a9")]
    [InlineData("a;b=c")]
    public async Task A_cookie_that_is_no_session_leads_to_the_sign_in(string cookie)
    {
        await Staff.SetUpAsync(_server.Installed, "ann@example.com", Ct);
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = _server.Address };
        browser.DefaultRequestHeaders.Add("Cookie", $"__Host-davit={cookie}");

        using var answer = await browser.GetAsync("/", Ct);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.ShouldStartWith("/sign-in");
    }

    [Theory]
    [InlineData("//evil.example.com")]
    [InlineData("/\\evil.example.com")]
    [InlineData("https://evil.example.com")]
    [InlineData("javascript:alert(1)")]
    public async Task Nobody_is_sent_elsewhere_after_signing_in(string place)
    {
        await Staff.SetUpAsync(_server.Installed, "ann@example.com", Ct);
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = new FormUrlEncodedContent([new("email", "ann@example.com"), new("password", Staff.Password), new("return", place)]) };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");

        using var answer = await browser.SendAsync(request, Ct);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.ShouldBe("/");
        answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().ShouldContain("samesite=lax", Case.Insensitive);
    }

    private static async Task FillAsync(IPage page, params (string Name, string Value)[] fields)
    {
        foreach (var (name, value) in fields)
            await page.FillAsync($"input[name={name}]", value);
    }
}
