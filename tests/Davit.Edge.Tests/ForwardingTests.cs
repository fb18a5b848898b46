using System.Net;
using System.Security.Cryptography;
using Davit.Edge.Control;
using Davit.Edge.Tests.Support;
using static Davit.Edge.Tests.Support.EdgeFixture;

namespace Davit.Edge.Tests;

/// <summary>What both forwarders promise about HTTP/1.1 targets.</summary>
public abstract class ForwardingTests(string forwarder) : IAsyncLifetime
{
    private protected EdgeFixture Edge { get; private set; } = null!;
    private Target _target = null!;

    public async ValueTask InitializeAsync()
    {
        Edge = await StartAsync(o => o with { AlwaysYarp = forwarder is "yarp" });
        _target = await Target.StartAsync("f");
        await Edge.SwitchAsync(With(
            [
                new EdgeRoute("rte_1", RouteKind.Http, "web"),
                new EdgeRoute("rte_2", RouteKind.Http, "web") { Host = "small.example", MaxBody = 1000 },
                new EdgeRoute("rte_3", RouteKind.Http, "web") { Host = "quick.example", Timeouts = RouteTimeouts.Default with { ResponseHeader = TimeSpan.FromMilliseconds(400) } },
            ],
            Service("web", _target.Spec)));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Edge.DisposeAsync();
        await _target.DisposeAsync();
    }

    [Fact]
    public async Task The_target_learns_the_client_and_hop_by_hop_fields_end_here()
    {
        var seen = await RawClient.ExchangeAsync(Edge.Port, "GET /x?q=1 HTTP/1.1\r\nHost: shop.example:8080\r\nConnection: X-Secret\r\nX-Secret: 1\r\nKeep-Alive: 5\r\nProxy: evil\r\n"
            + "Forwarded: for=6.6.6.6\r\nX-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Proto: https\r\nX-Request-Id: mine\r\nX-Kept: a\r\nX-Kept: b\r\nX-Latin: \xE9\r\nCookie: a=1; b=2\r\n\r\n", seconds: 0.5);

        seen.ShouldContain("GET /x?q=1 f\n");
        seen.ShouldContain("Host: shop.example:8080\n");
        seen.ShouldContain("X-Forwarded-For: 127.0.0.1\n");
        seen.ShouldContain("X-Forwarded-Proto: http\n");
        seen.ShouldContain("X-Forwarded-Host: shop.example:8080\n");
        seen.ShouldContain($"X-Forwarded-Port: {Edge.Port}\n");
        seen.ShouldContain("X-Request-Id: req_");
        seen.ShouldContain("X-Kept: a");
        seen.ShouldContain("Cookie: a=1; b=2\n");
        seen.ShouldNotContain("6.6.6.6");
        if (forwarder is "own")
            seen.ShouldNotContain("X-Secret");

        seen.ShouldNotContain("Proxy:");
        seen.ShouldNotContain("Keep-Alive");
    }

    [Fact]
    public async Task A_trusted_proxy_is_believed()
    {
        await using var edge = await StartAsync(o => o with { TrustedProxies = [IPNetwork.Parse("127.0.0.0/8")], AlwaysYarp = forwarder is "yarp" });
        await edge.SwitchAsync(Simple(_target.Spec));

        var seen = await RawClient.ExchangeAsync(edge.Port, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Proto: https\r\nX-Request-Id: theirs\r\n\r\n");

        seen.ShouldContain("X-Forwarded-For: 6.6.6.6, 127.0.0.1\n");
        seen.ShouldContain("X-Forwarded-Proto: https\n");
        seen.ShouldContain("X-Request-Id: theirs\n");
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(100_000, true)]
    [InlineData(100_000, false)]
    [InlineData(5_000_000, true)]
    [InlineData(5_000_000, false)]
    public async Task A_body_of_any_size_arrives_whole(int size, bool withLength)
    {
        var bytes = RandomNumberGenerator.GetBytes(size);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/upload") { Content = withLength ? new ByteArrayContent(bytes) : new StreamContent(new MemoryStream(bytes)) };
        request.Headers.TransferEncodingChunked = !withLength;

        using var answer = await Edge.Http.SendAsync(request, Ct);

        (await answer.Content.ReadAsStringAsync(Ct)).ShouldStartWith($"{size} {Convert.ToHexStringLower(SHA256.HashData(bytes))}");
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(10, true)]
    [InlineData(10, false)]
    [InlineData(3_000_000, true)]
    [InlineData(3_000_000, false)]
    public async Task An_answer_of_any_size_arrives_whole(int size, bool withLength)
    {
        using var answer = await Edge.Http.GetAsync($"/big?size={size}&length={(withLength ? 1 : 0)}", Ct);

        (await answer.Content.ReadAsByteArrayAsync(Ct)).Length.ShouldBe(size);
        if (withLength)
            answer.Content.Headers.ContentLength.ShouldBe(size);
    }

    [Fact]
    public async Task Event_streams_arrive_event_by_event()
    {
        using var answer = await Edge.Http.GetAsync("/sse", HttpCompletionOption.ResponseHeadersRead, Ct);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Ct));

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        (await lines.ReadLineAsync(Ct)).ShouldBe("data: f 0");
        await lines.ReadLineAsync(Ct);
        (await lines.ReadLineAsync(Ct)).ShouldBe("data: f 1");
    }

    [Fact]
    public async Task HEAD_has_the_length_and_no_body()
    {
        var answer = await RawClient.ExchangeAsync(Edge.Port, "HEAD /big?size=5000&length=1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        answer.ShouldContain("Content-Length: 5000\r\n");
        answer.ShouldEndWith("\r\n\r\n");
    }

    [Theory]
    [InlineData(204)]
    [InlineData(304)]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(302)]
    public async Task Statuses_pass_unchanged(int status)
    {
        using var answer = await Edge.Http.GetAsync($"/status?code={status}", Ct);

        ((int)answer.StatusCode).ShouldBe(status);
        answer.Headers.GetValues("X-Target").ShouldBe(["f"]);
    }

    [Fact]
    public async Task Pipelined_requests_are_answered_in_order()
    {
        var requests = string.Concat(Enumerable.Range(0, 20).Select(i => $"GET /n{i} HTTP/1.1\r\nHost: a\r\n{(i is 19 ? "Connection: close\r\n" : "")}\r\n"));
        var answers = await RawClient.ExchangeAsync(Edge.Port, requests);

        var order = Enumerable.Range(0, 20).Select(i => answers.IndexOf($"GET /n{i} f", StringComparison.Ordinal)).ToArray();
        order.ShouldBeInOrder();
        order.ShouldAllBe(at => at >= 0);
    }

    [Fact]
    public async Task A_client_that_expects_100_gets_it_before_it_sends_the_body()
    {
        using var client = await RawClient.ConnectAsync(Edge.Port);
        await client.SendAsync("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
        (await client.ReadUntilAsync("\r\n\r\n")).ShouldStartWith("HTTP/1.1 100 Continue");
        await client.SendAsync("hello");
        (await client.ReadAllAsync(3)).ShouldContain("5 2cf24dba");
    }

    [Fact]
    public async Task A_body_larger_than_the_route_allows_is_413()
    {
        using var known = await SendAsync("small.example", new ByteArrayContent(new byte[1001]));
        known.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);

        using var fits = await SendAsync("small.example", new ByteArrayContent(new byte[1000]));
        fits.StatusCode.ShouldBe(HttpStatusCode.OK);

        var chunked = await RawClient.ExchangeAsync(Edge.Port, "POST /upload HTTP/1.1\r\nHost: small.example\r\nTransfer-Encoding: chunked\r\n\r\n800\r\n" + new string('x', 0x800) + "\r\n0\r\n\r\n");
        chunked.ShouldStartWith("HTTP/1.1 413");
    }

    [Fact]
    public async Task A_target_that_is_silent_too_long_is_504()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/hold") { Headers = { Host = "quick.example" } };
        using var answer = await Edge.Http.SendAsync(request, Ct);

        answer.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
        (await answer.Content.ReadAsStringAsync(Ct)).ShouldContain("req_");
    }

    [Fact]
    public async Task A_client_that_leaves_frees_the_target()
    {
        using (var client = await RawClient.ConnectAsync(Edge.Port))
        {
            await client.SendAsync("GET /hold HTTP/1.1\r\nHost: a\r\n\r\n");
            await Eventually.ShouldBeTrueAsync(() => Volatile.Read(ref _target.Holding) is 1);
        }

        await Eventually.ShouldBeAsync(async () => (await Edge.Control.StatusAsync(Ct)).Environments[0].Targets[0].InFlight, 0);
        await Eventually.ShouldBeAsync(async () => (await Edge.Control.CountersAsync(Env, Ct)).Routes.Sum(r => r.ClientGone), 1);
    }

    private async Task<HttpResponseMessage> SendAsync(string host, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/upload") { Headers = { Host = host }, Content = content };
        return await Edge.Http.SendAsync(request, Ct);
    }
}

public sealed class OwnForwardingTests() : ForwardingTests("own")
{
    [Fact]
    public async Task Both_directions_stream_without_waiting_for_each_other()
    {
        using var client = await RawClient.ConnectAsync(Edge.Port);
        await client.SendAsync("POST /mirror HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
        (await client.ReadUntilAsync("\r\n\r\n")).ShouldContain("200");
        foreach (var word in new[] { "alpha", "beta", "gamma" })
        {
            await client.SendAsync($"{word.Length:x}\r\n{word}\r\n");
            (await client.ReadUntilAsync(word)).ShouldContain(word);
        }

        await client.SendAsync("0\r\n\r\n");
        (await client.ReadUntilAsync("0\r\n\r\n")).ShouldEndWith("0\r\n\r\n");
    }
}

public sealed class YarpForwardingTests() : ForwardingTests("yarp");
