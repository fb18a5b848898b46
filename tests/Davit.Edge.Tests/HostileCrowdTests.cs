using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Davit.Edge.Control;
using Davit.Edge.Tests.Support;
using static Davit.Edge.Tests.Support.EdgeFixture;

namespace Davit.Edge.Tests;

/// <summary>Thousands of clients that mean no good, against the real executable: nobody else is failed, and memory stays small.</summary>
[Collection(AloneGroup.Name)]
public sealed class HostileCrowdTests : IAsyncLifetime
{
    private const long MiB = 1024 * 1024;

    /// <summary>100 MB for ten thousand.</summary>
    private const long EachAtMost = 10_000;

    private readonly string _data = NewDirectory();
    private EdgeProcess _edge = null!;
    private Target _target = null!;

    /// <summary>As many as there may be: half of the descriptors of a process, up to ten thousand.</summary>
    private static int Idle => Math.Min(10_000, ((Descriptors() - 256) / 2) - 300);

    public async ValueTask InitializeAsync()
    {
        _target = await Target.StartAsync("t");
        _edge = await EdgeProcess.StartAsync(_data, https: true);
        await _edge.Control.SwitchAsync(new SwitchRequest("sw_1", 1, With(
            [new EdgeRoute("rte_1", RouteKind.Http, "web") { Tls = new RouteTls(TlsMode.Local) }], Service("web", _target.Spec)), TimeSpan.FromSeconds(20)), Ct);
        await GoodAsync(200);
    }

    public async ValueTask DisposeAsync()
    {
        await _edge.DisposeAsync();
        await _target.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Thousands_of_idle_connections_cost_little_and_drop_no_good_request()
    {
        var before = await ResidentAsync();
        var crowd = await CrowdAsync(Idle);
        try
        {
            await Eventually.ShouldBeAsync(async () => (await _edge.Control.StatusAsync(Ct)).OpenConnections >= crowd.Length, wanted: true);
            var (_, worst) = await GoodAsync(500);
            var silent = await SettledAsync(before, crowd.Length * EachAtMost);
            foreach (var kept in crowd.Where((_, i) => i % 2 is 0).Chunk(100))
            {
                await Task.WhenAll(kept.Select(c => c.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n")));
                await Task.WhenAll(kept.Select(c => c.ReadUntilAsync("\r\n\r\n", seconds: 20)));
            }

            await GoodAsync(500);
            var asked = await SettledAsync(before, crowd.Length * EachAtMost);
            TestContext.Current.TestOutputHelper!.WriteLine($"{crowd.Length} idle connections cost {silent / MiB} MiB ({silent / crowd.Length} bytes each), {asked / MiB} MiB when half of them have asked once; p99 of others {worst:0.0} ms");
            silent.ShouldBeLessThan(crowd.Length * EachAtMost);
            asked.ShouldBeLessThan(crowd.Length * EachAtMost);
        }
        finally
        {
            Array.ForEach(crowd, c => c.Dispose());
        }
    }

    [Fact]
    public async Task Thousands_of_slow_heads_fail_nobody_else()
    {
        var (_, before) = await GoodAsync(1000);
        var crowd = await CrowdAsync(5000);
        try
        {
            await Task.WhenAll(crowd.Select(c => c.SendAsync("GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ")));
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            var dripping = DripAsync(crowd, stop.Token);

            var (_, during) = await GoodAsync(1000);
            await Eventually.ShouldBeTrueAsync(() => crowd.Count(c => c.IsClosed) > crowd.Length * 9 / 10, seconds: 40);
            await stop.CancelAsync();
            await dripping;

            TestContext.Current.TestOutputHelper!.WriteLine($"p99 of others {before:0.0} ms before, {during:0.0} ms beside {crowd.Length} slow heads");
            await GoodAsync(100);
        }
        finally
        {
            Array.ForEach(crowd, c => c.Dispose());
        }
    }

    [Fact]
    public async Task Hundreds_of_heads_that_never_end_are_refused_and_forgotten()
    {
        var before = await ResidentAsync();
        var refused = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => FloodHeadAsync()));

        refused.ShouldAllBe(answer => answer == "" || answer.StartsWith("HTTP/1.1 431", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal));
        await GoodAsync(100);
        (await ResidentAsync() - before).ShouldBeLessThan(60 * MiB);
        (await _edge.Control.StatusAsync(Ct)).Environments[0].Targets[0].InFlight.ShouldBe(0);
    }

    [Fact]
    public async Task Many_clients_that_reset_their_streams_at_once_are_shown_out()
    {
        var before = await ResidentAsync();
        var floods = Enumerable.Range(0, 10).Select(async _ =>
        {
            await using var client = await Http2Client.ConnectAsync(_edge.TlsPort, "local.example", Ct);
            return await client.ResetStreamsAsync("/hold", 100_000, Ct);
        }).ToArray();

        var (_, during) = await GoodAsync(200);
        (await Task.WhenAll(floods)).ShouldAllBe(sent => sent < 100_000);

        TestContext.Current.TestOutputHelper!.WriteLine($"p99 of others {during:0.0} ms beside ten reset floods");
        await Eventually.ShouldBeAsync(async () => (await _edge.Control.StatusAsync(Ct)).Environments[0].Targets[0].InFlight, 0);
        (await ResidentAsync() - before).ShouldBeLessThan(80 * MiB);
    }

    [Theory]
    [InlineData("an extension without end", "5;a=")]
    [InlineData("trailers without end", "0\r\n")]
    [InlineData("a size without end", "")]
    public async Task Chunked_bodies_that_grow_beside_their_data_are_ended(string what, string begin)
    {
        var before = await ResidentAsync();
        using var client = await RawClient.ConnectAsync(_edge.Port);
        await client.SendAsync($"POST /upload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n{begin}");
        var block = Encoding.Latin1.GetBytes(what is "trailers without end" ? string.Concat(Enumerable.Repeat("X-Trailer: 0123456789\r\n", 400)) : new string('0', 8192));
        var sent = await PourAsync(client, block, 64 * MiB);

        // An extension is read and dropped like any body, at the client's pace; it costs nothing but the reading.
        if (what is not "an extension without end")
            sent.ShouldBeLessThan(64 * MiB, what);

        client.Dispose();
        await GoodAsync(50);
        (await ResidentAsync() - before).ShouldBeLessThan(40 * MiB);
        await Eventually.ShouldBeAsync(async () => (await _edge.Control.StatusAsync(Ct)).Environments[0].Targets[0].InFlight, 0);
    }

    [Fact]
    public async Task A_body_of_one_byte_chunks_arrives_whole()
    {
        using var client = await RawClient.ConnectAsync(_edge.Port);
        await client.SendAsync("POST /upload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
        await client.SendAsync(string.Concat(Enumerable.Repeat("1\r\nx\r\n", 50_000)) + "0\r\n\r\n");

        (await client.ReadUntilAsync("50000 ", seconds: 30)).ShouldContain("200 OK");
    }

    private static int Descriptors() => int.Parse(
        File.ReadLines("/proc/self/limits").Single(l => l.StartsWith("Max open files", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[3], provider: null);

    /// <summary>A few bytes to each every second, as long as it takes them.</summary>
    private static async Task DripAsync(RawClient[] crowd, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                foreach (var client in crowd)
                {
                    try
                    {
                        client.Socket.Send("x"u8);
                    }
                    catch (SocketException)
                    {
                        // Shown out.
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }
    }

    /// <returns>How many bytes went out before the peer had enough.</returns>
    private static async Task<long> PourAsync(RawClient client, byte[] block, long most)
    {
        long sent = 0;
        try
        {
            for (; sent < most && !client.IsClosed; sent += block.Length)
                await client.SendAsync(block);
        }
        catch (SocketException)
        {
            // The connection was ended.
        }

        return sent;
    }

    private async Task<string> FloodHeadAsync()
    {
        using var client = await RawClient.ConnectAsync(_edge.Port);
        await PourAsync(client, Encoding.Latin1.GetBytes("GET / HTTP/1.1\r\nHost: a\r\n" + string.Concat(Enumerable.Repeat("X-Flood: 0123456789012345678901234567890123456789\r\n", 40))), MiB / 4);
        return await client.ReadAllAsync(20);
    }

    private async Task<RawClient[]> CrowdAsync(int size)
    {
        var crowd = new List<RawClient>(size);
        foreach (var some in Enumerable.Range(0, size).Chunk(200))
            crowd.AddRange(await Task.WhenAll(some.Select(_ => RawClient.ConnectAsync(_edge.Port))));

        return [.. crowd];
    }

    /// <summary>Requests of well-behaved clients; each must be answered.</summary>
    /// <returns>Median and 99th percentile in milliseconds.</returns>
    private async Task<(double Median, double Slowest)> GoodAsync(int requests)
    {
        var took = new List<double>(requests);
        for (var i = 0; i < requests; i++)
        {
            var began = Stopwatch.GetTimestamp();
            using var answer = await _edge.Http.GetAsync("/", Ct);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        took.Sort();
        return (took[took.Count / 2], took[took.Count * 99 / 100]);
    }

    /// <summary>What was needed for a moment is given back when little happens (see MemoryTrim), so it is asked seldom.</summary>
    /// <returns>The growth since <paramref name="before"/> as soon as it is small enough, or the last one seen.</returns>
    private async Task<long> SettledAsync(long before, long enough)
    {
        var grown = await ResidentAsync() - before;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(6), TimeProvider.System);
        for (var look = 0; look < 4 && grown >= enough && await timer.WaitForNextTickAsync(Ct); look++)
            grown = await ResidentAsync() - before;

        return grown;
    }

    private async Task<long> ResidentAsync() => (await _edge.Control.StatusAsync(Ct)).ResidentBytes;
}
