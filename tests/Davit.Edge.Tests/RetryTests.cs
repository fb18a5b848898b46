using System.Net;
using System.Net.Sockets;
using System.Text;
using Davit.Edge.Control;
using Davit.Edge.Tests.Support;
using static Davit.Edge.Tests.Support.EdgeFixture;

namespace Davit.Edge.Tests;

public sealed class RetryTests
{
    [Theory]
    [InlineData("GET", 200)]
    [InlineData("POST", 200)]
    public async Task A_refused_connection_is_tried_on_another_target(string method, int status)
    {
        await using var edge = await StartAsync();
        await using var alive = await Target.StartAsync();
        var dead = await Target.StartAsync();
        await edge.SwitchAsync(Simple(Slow(alive.Spec, dead.Spec)));
        await dead.DisposeAsync();

        for (var i = 0; i < 30; i++)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), "/x") { Content = method is "POST" ? new StringContent("body") : null };
            using var answer = await edge.Http.SendAsync(request, Ct);
            ((int)answer.StatusCode).ShouldBe(status);
        }

        await Eventually.ShouldBeAsync(async () => (await edge.Control.StatusAsync(Ct)).Environments[0].Targets.Any(t => t.Health is TargetHealth.Ejected or TargetHealth.Sick), wanted: true);
    }

    [Fact]
    public async Task The_last_target_is_never_ejected_and_serves_again_when_it_is_back()
    {
        await using var edge = await StartAsync();
        var target = await Target.StartAsync();
        await edge.SwitchAsync(Simple(Slow(target.Spec)));
        await target.DisposeAsync();
        for (var i = 0; i < 8; i++)
            (await edge.Http.GetAsync("/", Ct)).StatusCode.ShouldBe(HttpStatusCode.BadGateway);

        await using var back = await Target.StartAsync(port: target.Port);

        (await edge.Http.GetAsync("/", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_only_target_is_waited_for_when_its_queue_of_connections_is_full()
    {
        await using var edge = await StartAsync();
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var endpoint = (IPEndPoint)listener.LocalEndPoint!;
        await edge.SwitchAsync(Simple(Service("web", new EdgeTarget("full", endpoint.Address.ToString(), endpoint.Port)) with { Probe = new ProbeSpec { Kind = ProbeKind.Tcp, Interval = TimeSpan.FromMinutes(1) } }));
        using var crowd = new Crowd(endpoint);
        await crowd.FillAsync(Ct);

        var asked = edge.Http.GetAsync("/", Ct);
        await Task.WhenAny(asked, Task.Delay(TimeSpan.FromSeconds(2.3), Ct));
        asked.IsCompleted.ShouldBeFalse();
        using var answering = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var serving = AnswerAllAsync(listener, answering.Token);

        using var answer = await asked;
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        await answering.CancelAsync();
        await serving;
    }

    private static async Task AnswerAllAsync(Socket listener, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                using var peer = await listener.AcceptAsync(ct);
                var buffer = new byte[4096];
                if (peer.Available > 0 || await WithinAsync(peer.ReceiveAsync(buffer, ct).AsTask()))
                    await peer.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"u8.ToArray(), ct);
            }
        }
        catch (OperationCanceledException)
        {
            // Everybody who mattered was answered.
        }

        // Those of the crowd only stand in line and say nothing.
        async Task<bool> WithinAsync(Task said) => await Task.WhenAny(said, Task.Delay(TimeSpan.FromMilliseconds(100), ct)) == said;
    }

    [Theory]
    [InlineData("GET", true)]
    [InlineData("HEAD", true)]
    [InlineData("OPTIONS", true)]
    [InlineData("POST", false)]
    [InlineData("PUT", false)]
    [InlineData("DELETE", false)]
    public async Task A_request_that_got_no_answer_is_repeated_only_when_that_is_harmless(string method, bool repeated)
    {
        await using var edge = await StartAsync();
        await using var broken = new ScriptedTarget((_, stream, _) =>
        {
            stream.Socket.Dispose();
            return Task.CompletedTask;
        });
        await using var alive = await Target.StartAsync();
        await edge.SwitchAsync(Simple(Slow(broken.Spec, alive.Spec)));

        var statuses = new List<int>();
        for (var i = 0; i < 12; i++)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), $"/r{i}");
            using var answer = await edge.Http.SendAsync(request, Ct);
            statuses.Add((int)answer.StatusCode);
        }

        var seen = broken.Heads.Select(h => h.Split(' ')[1]).Concat(alive.Seen.Keys.Where(k => k.Contains("/r", StringComparison.Ordinal) && !k.Contains("/ready", StringComparison.Ordinal)).Select(k => k.Split(' ')[1])).ToList();
        if (repeated)
            statuses.ShouldAllBe(s => s == 200);
        else
            (seen.Distinct().Count(), seen.Count, statuses.Count(s => s is 502)).ShouldBe((12, 12, broken.Heads.Count));
    }

    [Fact]
    public async Task A_kept_connection_that_the_target_closed_is_not_noticed_by_clients()
    {
        await using var edge = await StartAsync();
        await using var closing = new ScriptedTarget(async (_, stream, ct) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray(), ct);
            stream.Socket.Dispose();
        });
        await edge.SwitchAsync(Simple(Slow(closing.Spec)));

        for (var i = 0; i < 200; i++)
        {
            using var answer = await edge.Http.GetAsync("/", Ct);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nBad Name: 1\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX-A: 1\r\n folded\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 999999 OK\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH\r\n\r\n")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n")]
    public async Task An_answer_that_two_readers_could_understand_differently_is_502(string answer)
    {
        await using var edge = await StartAsync();
        await using var odd = ScriptedTarget.Answering(answer);
        await edge.SwitchAsync(Simple(Slow(odd.Spec)));

        (await edge.Http.PostAsync("/", new StringContent("x"), Ct)).StatusCode.ShouldBe(HttpStatusCode.BadGateway);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n5\r\nhal")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n")]
    public async Task An_answer_that_breaks_off_breaks_off_for_the_client_too(string answer)
    {
        await using var edge = await StartAsync();
        await using var odd = new ScriptedTarget(async (_, stream, ct) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), ct);
            stream.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Both);
        });
        await edge.SwitchAsync(Simple(Slow(odd.Spec)));

        await Should.ThrowAsync<HttpRequestException>(() => edge.Http.GetStringAsync("/", Ct));
    }

    [Fact]
    public async Task Trailers_early_hints_and_answers_without_length_pass()
    {
        await using var edge = await StartAsync();
        await using var odd = new ScriptedTarget(async (head, stream, ct) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head.StartsWith("GET /close", StringComparison.Ordinal)
                ? "HTTP/1.0 200 Fine\r\nX-A: 1\r\n\r\nuntil the end"
                : "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n4\r\nbody\r\n0\r\nX-Sum: 42\r\n\r\n"), ct);
            if (head.StartsWith("GET /close", StringComparison.Ordinal))
                stream.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Both);
        });
        await edge.SwitchAsync(Simple(Slow(odd.Spec)));

        (await RawClient.ExchangeAsync(edge.Port, "GET /t HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")).ShouldEndWith("4\r\nbody\r\n0\r\nX-Sum: 42\r\n\r\n");
        (await RawClient.ExchangeAsync(edge.Port, "GET /t HTTP/1.0\r\nHost: a\r\n\r\n")).ShouldEndWith("\r\n\r\nbody");
        (await edge.Http.GetStringAsync("/close", Ct)).ShouldBe("until the end");
    }

    /// <summary>A probe that does not interfere within a test.</summary>
    private static EdgeService Slow(params EdgeTarget[] targets) => Service("web", targets) with { Probe = new ProbeSpec { Path = "/ready", Interval = TimeSpan.FromSeconds(30) } };

    [Theory]
    [InlineData("Content-Length: 5", "hello")]
    [InlineData("Transfer-Encoding: chunked", "5\r\nhello\r\n0\r\n\r\n")]
    public async Task A_target_that_takes_a_body_and_stays_silent_is_given_up_in_time(string framing, string body)
    {
        await using var edge = await StartAsync();
        await using var silent = new ScriptedTarget(async (_, stream, ct) => await stream.CopyToAsync(Stream.Null, ct));
        await edge.SwitchAsync(With(
            [new EdgeRoute("rte_1", RouteKind.Http, "web") { Timeouts = RouteTimeouts.Default with { ResponseHeader = TimeSpan.FromMilliseconds(500) } }], Service("web", silent.Spec)));
        using var client = await RawClient.ConnectAsync(edge.Port);
        await client.SendAsync($"POST / HTTP/1.1\r\nHost: a\r\n{framing}\r\n\r\n{body}");

        (await client.ReadUntilAsync("\r\n", seconds: 10)).ShouldStartWith("HTTP/1.1 504");

        silent.Heads.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_body_that_a_target_sends_after_HEAD_never_reaches_the_next_client()
    {
        await using var edge = await StartAsync();
        await using var faulty = new ScriptedTarget(async (head, stream, ct) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"u8.ToArray(), ct);
            await stream.FlushAsync(ct);
            if (head.StartsWith("HEAD", StringComparison.Ordinal))
                await Task.Yield();

            await stream.WriteAsync("body"u8.ToArray(), ct);
        });
        await edge.SwitchAsync(Simple(faulty.Spec));

        for (var i = 0; i < 50; i++)
        {
            using var head = await edge.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/"), Ct);
            head.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await edge.Http.GetStringAsync("/", Ct)).ShouldBe("body");
        }
    }
}
