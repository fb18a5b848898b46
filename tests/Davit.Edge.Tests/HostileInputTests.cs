using System.Diagnostics;
using System.Net;
using System.Text;
using Davit.Edge.Tests.Support;
using static Davit.Edge.Tests.Support.EdgeFixture;

namespace Davit.Edge.Tests;

public sealed class HostileInputTests : IAsyncLifetime
{
    private EdgeFixture _edge = null!;
    private ScriptedTarget _target = null!;

    public async ValueTask InitializeAsync()
    {
        _edge = await StartAsync();
        _target = ScriptedTarget.Answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        await _edge.SwitchAsync(Simple(_target.Spec));
    }

    public async ValueTask DisposeAsync()
    {
        await _edge.DisposeAsync();
        await _target.DisposeAsync();
    }

    [Theory]
    [InlineData("both lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("both lengths, other order", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("two lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde")]
    [InlineData("listed lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4, 4\r\n\r\nabcd")]
    [InlineData("unknown coding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n")]
    [InlineData("two codings", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("coding twice", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("obsolete folding", "GET / HTTP/1.1\r\nHost: a\r\nX-A: 1\r\n folded\r\n\r\n")]
    [InlineData("bare line feeds", "GET / HTTP/1.1\nHost: a\n\n")]
    [InlineData("bare line feed in a field", "GET / HTTP/1.1\r\nHost: a\r\nX-A: 1\nX-B: 2\r\n\r\n")]
    [InlineData("space before colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n")]
    [InlineData("invalid name", "GET / HTTP/1.1\r\nHost: a\r\nX(A): 1\r\n\r\n")]
    [InlineData("no host", "GET / HTTP/1.1\r\n\r\n")]
    [InlineData("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")]
    [InlineData("odd host", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n")]
    [InlineData("null in value", "GET / HTTP/1.1\r\nHost: a\r\nX-A: a\0b\r\n\r\n")]
    [InlineData("bad version", "GET / HTTP/9.9\r\nHost: a\r\n\r\n")]
    [InlineData("no method", " / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("control character in the target", "GET /a\x01b HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("fragment in the target", "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("coding in HTTP/1.0", "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("connect", "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n")]
    public async Task An_ambiguous_request_is_refused_and_its_connection_closed(string what, string request)
    {
        var answer = await RawClient.ExchangeAsync(_edge.Port, request);

        int.Parse(answer.AsSpan(9, 3), provider: null).ShouldBeOneOf(400, 414, 501, 505);
        answer.ShouldNotContain("HTTP/1.1 200");
        answer.ShouldNotContain("[still open]", customMessage: what);
        _target.Heads.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloX\r\n0\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;a=\n\r\nhello\r\n0\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nhello\r\n0\r\n\r\n")]
    public async Task Broken_chunks_never_become_a_second_request(string request)
    {
        var answer = await RawClient.ExchangeAsync(_edge.Port, request, seconds: 2);

        (answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal) || answer.Contains("200 OK", StringComparison.Ordinal)).ShouldBeTrue(answer);
        _target.Heads.Count.ShouldBeLessThanOrEqualTo(1);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket, h2c\r\n\r\n")]
    public async Task A_change_to_HTTP_2_is_never_offered_to_a_target(string request)
    {
        (await RawClient.ExchangeAsync(_edge.Port, request, seconds: 1)).ShouldStartWith("HTTP/1.1 200");

        var head = _target.Heads.ShouldHaveSingleItem();
        head.ShouldNotContain("h2c");
        head.ShouldNotContain("HTTP2-Settings");
        head.ShouldNotContain("Upgrade");
    }

    [Fact]
    public async Task An_old_client_that_names_no_host_gets_the_default_route()
    {
        (await RawClient.ExchangeAsync(_edge.Port, "GET /old HTTP/1.0\r\n\r\n")).ShouldStartWith("HTTP/1.1 200");

        _target.Heads.ShouldHaveSingleItem().ShouldContain($"\r\nHost: 127.0.0.1:{_target.Port}\r\n");
    }

    [Fact]
    public async Task Too_long_lines_and_too_many_fields_are_refused()
    {
        (await RawClient.ExchangeAsync(_edge.Port, $"GET /{new string('a', 9000)} HTTP/1.1\r\nHost: a\r\n\r\n")).ShouldStartWith("HTTP/1.1 414");
        (await RawClient.ExchangeAsync(_edge.Port, $"GET / HTTP/1.1\r\nHost: a\r\nX-A: {new string('a', 40_000)}\r\n\r\n")).ShouldStartWith("HTTP/1.1 431");
        var many = string.Concat(Enumerable.Range(0, 120).Select(i => $"X-{i}: 1\r\n"));
        (await RawClient.ExchangeAsync(_edge.Port, $"GET / HTTP/1.1\r\nHost: a\r\n{many}\r\n")).ShouldStartWith("HTTP/1.1 431");
    }

    [Fact]
    public async Task Slow_headers_end_with_408_and_do_not_disturb_others()
    {
        var watch = Stopwatch.StartNew();
        var slow = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => RawClient.ConnectAsync(_edge.Port)));
        foreach (var client in slow)
            await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\nX-");

        for (var i = 0; i < 50; i++)
            (await _edge.Http.GetAsync("/", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await slow[0].ReadAllAsync(15)).ShouldStartWith("HTTP/1.1 408");
        watch.Elapsed.TotalSeconds.ShouldBeInRange(8, 16);
        foreach (var client in slow)
            client.Dispose();
    }

    [Fact]
    public async Task The_access_log_has_a_line_per_request_and_no_query_or_credential()
    {
        for (var i = 0; i < 25; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/log{i}?token=secret{i}") { Headers = { { "Authorization", "Bearer hidden" }, { "Cookie", "hidden" } } };
            await _edge.Http.SendAsync(request, Ct);
        }

        await Eventually.ShouldBeAsync(async () => (await LinesAsync()).Count(l => l.Contains("\"path\":\"/log", StringComparison.Ordinal)), 25);
        var lines = await LinesAsync();
        lines.ShouldAllBe(l => !l.Contains("secret", StringComparison.Ordinal) && !l.Contains("hidden", StringComparison.Ordinal));
        lines[0].ShouldContain($"\"env\":\"{Env}\"");

        async Task<string[]> LinesAsync() => File.Exists(_edge.Options.AccessLog) ? await File.ReadAllLinesAsync(_edge.Options.AccessLog, Encoding.UTF8, Ct) : [];
    }

    [Fact]
    public async Task Nonsense_on_the_control_socket_is_a_problem_and_changes_nothing()
    {
        foreach (var body in new[] { "", "{}", "null", "[", """{"id":"x","fence":1,"deadline":"00:00:01","environment":{"environment":"env_1","routes":null,"services":null}}""", """{"id":"x","fence":1,"deadline":"00:00:01","surprise":1}""" })
        {
            var text = await ControlSocket.PostAsync(_edge.Options.Control, "/v1/switches", body, Ct);
            (text.Contains("DV5010", StringComparison.Ordinal) || text.Contains("DV5004", StringComparison.Ordinal)).ShouldBeTrue(text);
        }

        (await _edge.Control.StatusAsync(Ct)).TableVersion.ShouldBe(1);
    }
}
