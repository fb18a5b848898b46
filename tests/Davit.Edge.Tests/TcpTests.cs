using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Davit.Edge.Control;
using Davit.Edge.Tests.Support;
using static Davit.Edge.Tests.Support.EdgeFixture;

namespace Davit.Edge.Tests;

public sealed class TcpTests
{
    [Fact]
    public async Task Bytes_and_half_closes_pass_both_ways_and_the_drain_counts_connections()
    {
        await using var edge = await StartAsync();
        await using var target = new EchoTcpTarget();
        await using var other = new EchoTcpTarget();
        var port = Ports.Free();
        await edge.SwitchAsync(Table(port, target.Spec));
        var bytes = RandomNumberGenerator.GetBytes(3_000_000);
        using (var client = await RawClient.ConnectAsync(port))
        {
            var sending = Task.Run(async () =>
            {
                await client.SendAsync(bytes);
                client.Socket.Shutdown(SocketShutdown.Send);
            }, Ct);
            var back = await client.ReadAllAsync(10);
            await sending;
            back.Length.ShouldBe(bytes.Length + 4);
            back.ShouldEndWith("done");
        }

        using var open = await RawClient.ConnectAsync(port);
        await open.SendAsync("stay");
        (await open.ReadAsync()).ShouldBe("stay");
        var id = await edge.SwitchAsync(Table(port, other.Spec));
        (await edge.Control.DrainAsync(id, TimeSpan.Zero, Ct)).InFlight.ShouldBe(1);
        await open.SendAsync("more");
        (await open.ReadAsync()).ShouldBe("more");
        open.Dispose();
        (await edge.Control.DrainAsync(id, TimeSpan.FromSeconds(5), Ct)).IsDrained.ShouldBeTrue();
    }

    [Fact]
    public async Task A_port_is_closed_with_its_route_and_a_held_port_refuses_the_switch()
    {
        await using var edge = await StartAsync();
        await using var target = new EchoTcpTarget();
        var port = Ports.Free();
        await edge.SwitchAsync(Table(port, target.Spec));
        using (await RawClient.ConnectAsync(port))
            await edge.SwitchAsync(With([], Service("db", target.Spec) with { Probe = new ProbeSpec { Kind = ProbeKind.Tcp } }));

        await Should.ThrowAsync<SocketException>(() => RawClient.ConnectAsync(port));
        var refused = (await edge.TrySwitchAsync(Table(edge.Port, target.Spec))).ShouldBeOfType<SwitchOutcome.Refused>();
        refused.Why.Code.ShouldBe("DV5009");
    }

    private static EdgeEnvironment Table(int port, EdgeTarget target) => With(
        [new EdgeRoute("rte_tcp", RouteKind.Tcp, "db") { ListenPort = port }],
        Service("db", target) with { Probe = new ProbeSpec { Kind = ProbeKind.Tcp } });

    /// <summary>Echoes, and says <c>done</c> after its peer has said all.</summary>
    private sealed class EchoTcpTarget : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stopped = new();
        private readonly Task _accepting;

        public EchoTcpTarget()
        {
            _listener.Start();
            Spec = new EdgeTarget($"ins_{((IPEndPoint)_listener.LocalEndpoint).Port}", "127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);
            _accepting = AcceptAsync(_stopped.Token);
        }

        public EdgeTarget Spec { get; }

        public async ValueTask DisposeAsync()
        {
            await _stopped.CancelAsync();
            _listener.Stop();
            await _accepting;
            _stopped.Dispose();
        }

        private async Task AcceptAsync(CancellationToken ct)
        {
            var running = new List<Task>();
            try
            {
                while (true)
                    running.Add(EchoAsync(await _listener.AcceptTcpClientAsync(ct), ct));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                await Task.WhenAll(running);
            }
        }

        private static async Task EchoAsync(TcpClient client, CancellationToken ct)
        {
            using (client)
            {
                try
                {
                    var stream = client.GetStream();
                    await stream.CopyToAsync(stream, ct);
                    await stream.WriteAsync("done"u8.ToArray(), ct);
                }
                catch (Exception e) when (e is IOException or OperationCanceledException)
                {
                    // The peer left.
                }
            }
        }
    }
}
