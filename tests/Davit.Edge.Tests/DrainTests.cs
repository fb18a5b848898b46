using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using Davit.Edge.Control;
using Davit.Edge.Tests.Support;
using static Davit.Edge.Tests.Support.EdgeFixture;

namespace Davit.Edge.Tests;

/// <summary>What both forwarders promise when targets are replaced.</summary>
public abstract class DrainTests(bool yarp) : IAsyncLifetime
{
    private protected EdgeFixture Edge { get; private set; } = null!;

    private protected Target Old { get; private set; } = null!;

    private protected Target New { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Edge = await StartAsync(o => o with { AlwaysYarp = yarp });
        Old = await Target.StartAsync("old");
        New = await Target.StartAsync("new");
        await Edge.SwitchAsync(Simple(Old.Spec));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Edge.DisposeAsync();
        await Old.DisposeAsync();
        await New.DisposeAsync();
    }

    [Fact]
    public async Task A_request_in_flight_ends_on_theOld_target_and_the_drain_waits_for_it()
    {
        var held = Edge.Http.GetStringAsync("/hold", Ct);
        await Eventually.ShouldBeTrueAsync(() => Volatile.Read(ref Old.Holding) is 1);

        var id = await Edge.SwitchAsync(Simple(New.Spec));

        var during = await Edge.Control.DrainAsync(id, TimeSpan.Zero, Ct);
        (during.IsDrained, during.InFlight).ShouldBe((false, 1));
        (await Edge.Http.GetAsync("/", Ct)).Headers.GetValues("X-Target").ShouldBe(["new"]);
        Old.Release.SetResult();
        (await held).ShouldBe("old");
        var after = await Edge.Control.DrainAsync(id, TimeSpan.FromSeconds(5), Ct);
        (after.IsDrained, after.InFlight, after.Cut).ShouldBe((true, 0, 0));
    }

    [Fact]
    public async Task What_is_still_running_at_the_deadline_is_cut_and_counted()
    {
        var slice = Simple(Service("web", Old.Spec) with { Drain = new DrainSpec { Requests = TimeSpan.FromMilliseconds(300), Streams = TimeSpan.FromMilliseconds(600), WebSocketClose = TimeSpan.FromMilliseconds(300) } });
        await Edge.SwitchAsync(slice);
        var held = Enumerable.Range(0, 3).Select(_ => Edge.Http.GetAsync("/hold", Ct)).ToArray();
        await Eventually.ShouldBeTrueAsync(() => Volatile.Read(ref Old.Holding) is 3);

        var id = await Edge.SwitchAsync(Simple(New.Spec));

        var state = await Edge.Control.DrainAsync(id, TimeSpan.FromSeconds(5), Ct);
        (state.IsDrained, state.Cut).ShouldBe((true, 3));
        foreach (var answer in await Task.WhenAll(held))
            ((int)answer.StatusCode).ShouldBe(503);
    }

    [Fact]
    public async Task WebSocket_peers_are_told_1001_at_once_and_close_in_order()
    {
        using var socket = await OpenAsync();
        (await AskAsync(socket, "hello")).ShouldBe("old:hello");

        var watch = Stopwatch.StartNew();
        var id = await Edge.SwitchAsync(Simple(New.Spec));
        var got = await socket.ReceiveAsync(new byte[1000], Ct);

        got.MessageType.ShouldBe(WebSocketMessageType.Close);
        socket.CloseStatus.ShouldBe(WebSocketCloseStatus.EndpointUnavailable);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", Ct);
        var state = await Edge.Control.DrainAsync(id, TimeSpan.FromSeconds(5), Ct);
        (state.IsDrained, state.Cut).ShouldBe((true, 0));
        watch.Elapsed.TotalSeconds.ShouldBeLessThan(4);
        await Eventually.ShouldBeTrueAsync(() => Old.Seen.Keys.Any(k => k.StartsWith("closed", StringComparison.Ordinal)));

        using var again = await OpenAsync();
        (await AskAsync(again, "x")).ShouldBe("new:x");
    }

    [Fact]
    public async Task No_WebSocket_message_is_ever_cut_in_the_middle()
    {
        var sockets = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => OpenAsync()));
        var message = new string('m', 60_000);
        var chats = sockets.Select(async socket =>
        {
            var buffer = new byte[100_000];
            var sent = 0;
            try
            {
                while (true)
                {
                    await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, Ct);
                    sent++;
                    var length = 0;
                    ValueWebSocketReceiveResult got;
                    do
                    {
                        got = await socket.ReceiveAsync(buffer.AsMemory(length), Ct);
                        length += got.Count;
                    }
                    while (!got.EndOfMessage && got.MessageType is not WebSocketMessageType.Close);

                    if (got.MessageType is WebSocketMessageType.Close)
                        return (socket.CloseStatus, sent);

                    length.ShouldBe(message.Length + 4);
                }
            }
            catch (WebSocketException e)
            {
                throw new InvalidOperationException($"cut after {sent} messages in state {socket.State}", e);
            }
        }).ToArray();
        await Eventually.ShouldBeTrueAsync(() => chats.All(c => !c.IsFaulted) && Edge.Host.Table.Current.Routes[0].Service.Targets[0].Target.InFlight is 20);

        await Edge.SwitchAsync(Simple(New.Spec));

        foreach (var (status, _) in await Task.WhenAll(chats))
            status.ShouldBe(WebSocketCloseStatus.EndpointUnavailable);
    }

    [Fact]
    public async Task A_WebSocket_peer_that_ignores_the_close_is_cut_after_its_time()
    {
        await Edge.SwitchAsync(Simple(Service("web", Old.Spec) with { Drain = new DrainSpec { WebSocketClose = TimeSpan.FromMilliseconds(300) } }));
        using var raw = await RawClient.ConnectAsync(Edge.Port);
        await raw.SendAsync("GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        (await raw.ReadUntilAsync("\r\n\r\n")).ShouldContain("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");

        var id = await Edge.SwitchAsync(Simple(New.Spec));

        (await raw.ReadAllAsync(5)).ShouldBe("\x88\x0C\x03\xE9going away");
        var state = await Edge.Control.DrainAsync(id, TimeSpan.FromSeconds(5), Ct);
        (state.IsDrained, state.Cut).ShouldBe((true, 1));
    }

    [Fact]
    public async Task When_the_edge_stops_WebSocket_peers_are_told_too()
    {
        await using var edge = await StartAsync(o => o with { AlwaysYarp = yarp });
        await edge.SwitchAsync(Simple(New.Spec));
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{edge.Port}/ws"), Ct);

        var stopping = edge.Host.StopAsync();

        (await socket.ReceiveAsync(new byte[1000], Ct)).MessageType.ShouldBe(WebSocketMessageType.Close);
        socket.CloseStatus.ShouldBe(WebSocketCloseStatus.EndpointUnavailable);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", Ct);
        await stopping;
    }

    [Fact]
    public async Task WebSockets_may_be_left_alone_instead()
    {
        await Edge.SwitchAsync(Simple(Service("web", Old.Spec) with { Drain = new DrainSpec { WebSocketsWait = true } }));
        using var socket = await OpenAsync();

        var id = await Edge.SwitchAsync(Simple(New.Spec));

        (await AskAsync(socket, "still")).ShouldBe("old:still");
        (await Edge.Control.DrainAsync(id, TimeSpan.Zero, Ct)).Targets[0].WebSockets.ShouldBe(1);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", Ct);
        (await Edge.Control.DrainAsync(id, TimeSpan.FromSeconds(5), Ct)).IsDrained.ShouldBeTrue();
    }

    private async Task<ClientWebSocket> OpenAsync()
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{Edge.Port}/ws"), Ct);
        return socket;
    }

    private static async Task<string> AskAsync(ClientWebSocket socket, string text)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, Ct);
        var buffer = new byte[1000];
        var got = await socket.ReceiveAsync(buffer, Ct);
        return Encoding.UTF8.GetString(buffer, 0, got.Count);
    }
}

public sealed class OwnDrainTests() : DrainTests(yarp: false)
{
    [Fact]
    public async Task An_event_stream_ends_between_two_events_and_cleanly()
    {
        await Edge.SwitchAsync(Simple(Service("web", Old.Spec) with { Drain = new DrainSpec { Streams = TimeSpan.FromMilliseconds(400) } }));
        using var answer = await Edge.Http.GetAsync("/sse", HttpCompletionOption.ResponseHeadersRead, Ct);
        var reading = answer.Content.ReadAsStringAsync(Ct);

        var id = await Edge.SwitchAsync(Simple(New.Spec));

        (await reading).ShouldEndWith("\n\n");
        (await Edge.Control.DrainAsync(id, TimeSpan.FromSeconds(5), Ct)).Cut.ShouldBe(1);
    }
}

public sealed class YarpDrainTests() : DrainTests(yarp: true);
