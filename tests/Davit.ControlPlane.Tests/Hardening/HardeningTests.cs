using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Davit.ControlPlane.Hardening;
using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.Limits;
using Davit.ControlPlane.Tests.Support;
using Davit.Model;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Davit.ControlPlane.Tests.Hardening;

public sealed class HardeningTests(OneServer server) : IClassFixture<OneServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_operation_and_every_error_carries_the_headers_that_protect_browsers()
    {
        using var api = server.Installed.Api();
        using var nobody = server.Installed.Api("");
        foreach (var operation in await ApiSurface.ReadAsync(server.Installed, Ct))
            Headers(await nobody.SendAsync(operation.Method, operation.Path(_ => "x"), null, Ct), operation.ToString());

        Headers(await api.GetAsync("/v1/health", Ct), "200");
        Headers(await api.GetAsync("/nowhere", Ct), "404");
        Headers(await api.SendAsync(HttpMethod.Post, "/v1/health", null, Ct), "405");
        Headers(await api.PostAsync(Api.Apps, "{", Ct), "422");
    }

    /// <summary>A file that lies where davitd is started must not change it, and looking out for one takes seconds in a large directory.</summary>
    [Fact]
    public void It_reads_no_settings_from_where_it_was_started()
    {
        server.Installed.App.Environment.ContentRootPath.ShouldBe(AppContext.BaseDirectory);
        ((IConfigurationRoot)server.Installed.App.Configuration).Providers.OfType<FileConfigurationProvider>().ShouldAllBe(p => !p.Source.ReloadOnChange);
    }

    [Fact]
    public async Task No_other_site_is_ever_allowed_to_read_an_answer()
    {
        using var api = server.Installed.Api();
        foreach (var method in (HttpMethod[])[HttpMethod.Options, HttpMethod.Get])
        {
            using var request = new HttpRequestMessage(method, "/v1/orgs");
            request.Headers.Add("Origin", "https://evil.example");
            request.Headers.Add("Access-Control-Request-Method", "DELETE");
            using var answer = await api.Http.SendAsync(request, Ct);
            answer.Headers.Where(h => h.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_form_of_another_site_with_a_stolen_ride_on_the_session_is_refused()
    {
        using var api = server.Installed.Api();
        using var request = new HttpRequestMessage(HttpMethod.Post, Api.Apps) { Content = Api.Json("""{"name":"ridden"}""") };
        request.Headers.Add("Cookie", "__Host-davit=x");
        request.Headers.Add("Origin", "https://evil.example");
        request.Headers.Add("Idempotency-Key", Unique.Digits());
        using var answer = await api.Http.SendAsync(request, Ct);
        ((int)answer.StatusCode, (await answer.Content.ReadAsStringAsync(Ct)).Contains("DV7910", StringComparison.Ordinal)).ShouldBe((403, true));
    }

    [Fact]
    public async Task Heads_and_urls_beyond_their_bounds_are_problems_and_the_connection_lives_on()
    {
        using var api = server.Installed.Api();
        (await api.GetAsync($"/v1/orgs?x={new string('a', RequestBounds.Url)}", Ct)).ShouldBeProblem(414, "DV7915");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/orgs");
        request.Headers.Add("X-Large", new string('a', RequestBounds.Head));
        using var answer = await api.Http.SendAsync(request, Ct);
        ((int)answer.StatusCode, answer.Headers.ConnectionClose, (await answer.Content.ReadAsStringAsync(Ct)).Contains("DV7916", StringComparison.Ordinal)).ShouldBe((431, null, true));
        (await api.GetAsync($"/v1/orgs?x={new string('a', RequestBounds.Url - 100)}", Ct)).ShouldBe(200);
    }

    [Fact]
    public async Task Far_beyond_them_the_connection_is_closed()
    {
        (await RawAsync($"GET /{new string('a', RequestBounds.HardUrl)} HTTP/1.1\r\nHost: davit\r\n\r\n")).ShouldStartWith("HTTP/1.1 414");
        (await RawAsync($"GET / HTTP/1.1\r\nHost: davit\r\nX-Large: {new string('a', RequestBounds.HardHead)}\r\n\r\n")).ShouldStartWith("HTTP/1.1 431");
    }

    [Fact]
    public async Task Json_that_is_nested_deeper_than_64_is_refused()
    {
        using var api = server.Installed.Api();
        var body = $$"""{"name":"x","description":{{string.Concat(Enumerable.Repeat("[", 100))}}{{string.Concat(Enumerable.Repeat("]", 100))}}}""";
        (await api.PostAsync(Api.Apps, body, Ct)).ShouldBeProblem(422, "DV4004");
    }

    [Fact]
    public void What_is_treated_otherwise_is_named_by_endpoints_that_there_are()
    {
        var names = ((IEndpointRouteBuilder)server.Installed.App).DataSources.SelectMany(d => d.Endpoints).Select(e => e.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName);
        RequestTime.Unhurried.Concat(RateLimits.SigningIn).Except(names.OfType<string>(), StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public async Task Networks_of_an_org_keep_others_out_and_nobody_locks_himself_out_unasked()
    {
        var installed = server.Installed;
        var token = await installed.OtherOrgAsync("walled", Ct);
        await using var app = ServerHost.Build(installed.Options with { Socket = Path.Combine(installed.Options.Data, "walled.sock"), Listen = "127.0.0.1:0", TrustedProxies = ["127.0.0.0/8"] }, installed.Database, installed.Installation, installed.Driver);
        await app.StartAsync(Ct);
        using var outside = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single(a => a.StartsWith("http:", StringComparison.Ordinal) && !a.Contains("unix", StringComparison.Ordinal))) };
        outside.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var inside = new Api(installed.Options.ApiSocket, token);

        (await PutAsync(outside, "198.51.100.7", """{"networks":["203.0.113.0/24"],"expectedVersion":0}""")).ShouldBe((409, "DV7913"));
        (await PutAsync(outside, "203.0.113.7", """{"networks":["203.0.113.0/24","2001:db8::/32"],"expectedVersion":0}""")).ShouldBe((200, ""));
        (await GetAsync(outside, "203.0.113.9")).ShouldBe((200, ""));
        (await GetAsync(outside, "2001:db8::77")).ShouldBe((200, ""));
        (await GetAsync(outside, "198.51.100.7")).ShouldBe((403, "DV7911"));

        // The unix socket is the way back, and what was refused is in the log.
        (await inside.GetAsync("/v1/orgs/walled", Ct)).ShouldBe(200);
        var denied = (await inside.GetAsync("/v1/orgs/walled/audit?decision=denied", Ct)).ShouldBe(200).Json["items"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)denied["type"]!, (string)denied["address"]!).ShouldBe(("access.denied", "198.51.100.7"));
        (await inside.PutAsync("/v1/orgs/walled/limits", """{"networks":["nonsense"],"expectedVersion":1}""", Ct)).ShouldBeProblem(422, "DV7912");
        (await PutAsync(outside, "203.0.113.7", """{"networks":["192.0.2.0/24"],"expectedVersion":1,"confirmLockout":true}""")).ShouldBe((200, ""));
        (await inside.PutAsync("/v1/orgs/walled/limits", """{"networks":[],"expectedVersion":2}""", Ct)).ShouldBe(200);
    }

    [Fact]
    public async Task Off_loopback_there_is_only_tls_1_3_with_a_certificate_of_its_own_that_stays()
    {
        var installed = server.Installed;
        var options = installed.Options with { Socket = Path.Combine(installed.Options.Data, "tls.sock"), Listen = "0.0.0.0:0" };
        await using var app = ServerHost.Build(options, installed.Database, installed.Installation, installed.Driver);
        await app.StartAsync(Ct);
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single(a => !a.Contains("unix", StringComparison.Ordinal)));
        address.Scheme.ShouldBe("https");

        using var own = ServerCertificate.LoadOrMake(options, IPAddress.Any);
        RemoteCertificateValidationCallback isOwn = (_, certificate, _, _) => certificate!.GetRawCertData().AsSpan().SequenceEqual(own.RawData);
        using var handler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = isOwn } };
        using var client = new HttpClient(handler);
        using var answer = await client.GetAsync(new Uri($"https://127.0.0.1:{address.Port}/v1/health"), Ct);
        answer.Headers.GetValues("Strict-Transport-Security").ShouldBe(["max-age=63072000"]);
        Listening.Announcement(options).ShouldNotBeNull().ShouldContain("certificate SHA256:");
        File.GetUnixFileMode(Path.Combine(options.Keys, "tls.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        using var plain = new HttpClient();
        await Should.ThrowAsync<HttpRequestException>(plain.GetAsync(new Uri($"http://127.0.0.1:{address.Port}/v1/health"), Ct));
        using var socket = new TcpClient("127.0.0.1", address.Port);
        await using var older = new SslStream(socket.GetStream());
        await Should.ThrowAsync<Exception>(older.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", EnabledSslProtocols = SslProtocols.Tls12, RemoteCertificateValidationCallback = isOwn }, Ct));
    }

    [Fact]
    public void A_certificate_without_its_key_keeps_the_server_from_starting() =>
        Should.Throw<ProblemException>(() => ServerCertificate.LoadOrMake(server.Installed.Options with { TlsCertificate = "/nowhere.pem" }, IPAddress.Any)).Problem.Code.ShouldBe("DV7914");

    private static void Headers(Answer answer, string of)
    {
        foreach (var (name, value) in SecurityHeaders.Always)
            answer.Headers.TryGetValues(name, out var values).ShouldBe(true, $"{of} lacks {name}");
        answer.Headers.Contains("Server").ShouldBeFalse(of);
    }

    private static async Task<(int Status, string Code)> PutAsync(HttpClient client, string from, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/v1/orgs/walled/limits") { Content = Api.Json(body) };
        request.Headers.Add("Idempotency-Key", Unique.Digits());
        return await SendAsync(client, request, from);
    }

    private static async Task<(int Status, string Code)> GetAsync(HttpClient client, string from)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/orgs/walled");
        return await SendAsync(client, request, from);
    }

    private static async Task<(int Status, string Code)> SendAsync(HttpClient client, HttpRequestMessage request, string from)
    {
        request.Headers.Add("X-Forwarded-For", from);
        using var answer = await client.SendAsync(request, Ct);
        return ((int)answer.StatusCode, new Answer((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct), answer.Headers).Code);
    }

    private async Task<string> RawAsync(string request)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(server.Installed.Options.ApiSocket), Ct);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Ct);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Ct);
    }
}
