using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Davit.Edge.Control;
using Davit.Edge.Tests.Support;
using static Davit.Edge.Tests.Support.EdgeFixture;

namespace Davit.Edge.Tests;

/// <summary>The real executable under clients that mean no good: it stays small, and others are served as before.</summary>
public sealed class HostileClientTests : IAsyncLifetime
{
    private const long MiB = 1024 * 1024;
    private const int Warm = 200;

    private readonly string _data = NewDirectory();
    private EdgeProcess _edge = null!;
    private Target _target = null!;

    public async ValueTask InitializeAsync()
    {
        _target = await Target.StartAsync("t");
        _edge = await EdgeProcess.StartAsync(_data, https: true, descriptors: 1500);
        await _edge.Control.SwitchAsync(new SwitchRequest("sw_1", 1, With(
            [new EdgeRoute("rte_1", RouteKind.Http, "web") { Tls = new RouteTls(TlsMode.Local) }], Service("web", _target.Spec)), TimeSpan.FromSeconds(20)), Ct);
        await Task.WhenAll(Enumerable.Range(0, Warm).Select(_ => _edge.Http.GetStringAsync("/", Ct)));
    }

    public async ValueTask DisposeAsync()
    {
        await _edge.DisposeAsync();
        await _target.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task More_connections_than_descriptors_do_not_shut_out_those_who_are_served()
    {
        var before = await ResidentAsync();
        var flood = await Task.WhenAll(Enumerable.Range(0, 1200).Select(_ => KnockAsync(_edge.Port)));
        try
        {
            await Eventually.ShouldBeTrueAsync(() => flood.Count(c => c is null or { IsClosed: true }) >= 500);
            await OthersAreServedAsync();
            var status = await _edge.Control.StatusAsync(Ct);
            status.OpenConnections.ShouldBeInRange(500, 622);
            status.Environments[0].Targets[0].Health.ShouldBe(TargetHealth.Ready);
            (status.ResidentBytes - before).ShouldBeLessThan(40 * MiB);
        }
        finally
        {
            foreach (var client in flood)
                client?.Dispose();
        }

        await Eventually.ShouldBeAsync(async () => (await _edge.Control.StatusAsync(Ct)).OpenConnections <= Warm, wanted: true);
        (await RawClient.ExchangeAsync(_edge.Port, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")).ShouldStartWith("HTTP/1.1 200");
    }

    [Fact]
    public async Task Clients_that_never_read_hold_no_more_than_their_buffers_and_are_let_go()
    {
        var before = await ResidentAsync();
        var lazy = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => RawClient.ConnectAsync(_edge.Port)));
        foreach (var client in lazy)
            await client.SendAsync("GET /big?size=200000000 HTTP/1.1\r\nHost: a\r\n\r\n");

        await Eventually.ShouldBeAsync(async () => (await _edge.Control.StatusAsync(Ct)).Environments[0].Targets[0].InFlight, 50);
        await OthersAreServedAsync();
        (await ResidentAsync() - before).ShouldBeLessThan(60 * MiB);

        await Eventually.ShouldBeAsync(async () => (await _edge.Control.StatusAsync(Ct)).Environments[0].Targets[0].InFlight, 0, seconds: 30);
        foreach (var client in lazy)
            client.Dispose();
    }

    [Fact]
    public async Task A_body_that_only_drips_is_ended_with_408_and_its_target_is_free_again()
    {
        using var client = await RawClient.ConnectAsync(_edge.Port);
        await client.SendAsync("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nx");

        (await client.ReadUntilAsync("\r\n", seconds: 30)).ShouldStartWith("HTTP/1.1 408");

        await Eventually.ShouldBeAsync(async () => (await _edge.Control.StatusAsync(Ct)).Environments[0].Targets[0].InFlight, 0);
    }

    [Fact]
    public async Task A_client_that_resets_its_streams_at_once_is_shown_out()
    {
        var before = await ResidentAsync();
        await using var client = await Http2Client.ConnectAsync(_edge.TlsPort, "local.example", Ct);
        var watch = Stopwatch.StartNew();
        var sent = await client.ResetStreamsAsync("/hold", 100_000, Ct);
        sent.ShouldBeLessThan(100_000);

        // Which limit is met first (resets, or answers that are not read) depends on the machine, and the reason may be lost with what the peer no longer read.
        (await client.GoAwayAsync(Ct)).ShouldNotBe(Http2Client.NoError);
        watch.Elapsed.TotalSeconds.ShouldBeLessThan(20);

        await OthersAreServedAsync();
        await Eventually.ShouldBeAsync(async () => (await _edge.Control.StatusAsync(Ct)).Environments[0].Targets[0].InFlight, 0);
        (await ResidentAsync() - before).ShouldBeLessThan(60 * MiB);
    }

    [Fact]
    public async Task A_head_that_never_ends_is_refused_before_it_takes_memory()
    {
        var before = await ResidentAsync();
        await using var client = await Http2Client.ConnectAsync(_edge.TlsPort, "local.example", Ct);

        (await client.FloodHeadAsync(100_000, Ct)).ShouldBeLessThan(100_000);

        await OthersAreServedAsync();
        (await ResidentAsync() - before).ShouldBeLessThan(40 * MiB);
    }

    /// <summary>Null when the connection was ended before it was used.</summary>
    private static async Task<RawClient?> KnockAsync(int port)
    {
        try
        {
            return await RawClient.ConnectAsync(port);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private async Task OthersAreServedAsync()
    {
        for (var i = 0; i < 50; i++)
            (await _edge.Http.GetAsync("/", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<long> ResidentAsync() => (await _edge.Control.StatusAsync(Ct)).ResidentBytes;
}
