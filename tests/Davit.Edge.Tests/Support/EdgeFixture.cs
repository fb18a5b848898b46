using System.Collections.Immutable;
using System.Net;
using Davit.Edge.Control;

namespace Davit.Edge.Tests.Support;

/// <summary>A real edge on ports of its own, with its own directory, and the client the control plane uses.</summary>
internal sealed class EdgeFixture : IAsyncDisposable
{
    private int _switches;

    private EdgeFixture(EdgeHost host, EdgeOptions options)
    {
        (Host, Options) = (host, options);
        Control = new EdgeControlClient(options.Control);
        Port = host.Listeners.Endpoint("http")!.Port;
        TlsPort = host.Listeners.Endpoint("https")?.Port ?? 0;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = new Uri($"http://127.0.0.1:{Port}") };
    }

    public const string Env = "env_0198b2f00000700080000000000000a1";

    public EdgeHost Host { get; }

    public EdgeOptions Options { get; }

    public EdgeControlClient Control { get; }

    public HttpClient Http { get; }

    public int Port { get; }

    public int TlsPort { get; }

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static string NewDirectory() => Directory.CreateTempSubdirectory("davit-edge-").FullName;

    public static async Task<EdgeFixture> StartAsync(Func<EdgeOptions, EdgeOptions>? change = null)
    {
        var data = NewDirectory();
        var options = new EdgeOptions
        {
            Data = data,
            Control = Path.Combine(data, "c.sock"),
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            Https = new IPEndPoint(IPAddress.Loopback, 0),
            AccessLog = Path.Combine(data, "access.log"),
            DrainTime = TimeSpan.FromSeconds(5),
        };
        options = change?.Invoke(options) ?? options;
        return new EdgeFixture(await EdgeHost.StartAsync(options, TimeProvider.System, Ct), options);
    }

    public static EdgeService Service(string name, params IEnumerable<EdgeTarget> targets) => new(name, "rel_1", [.. targets])
    {
        Probe = new ProbeSpec { Path = "/ready", Interval = TimeSpan.FromMilliseconds(200), Timeout = TimeSpan.FromSeconds(1) },
        Drain = new DrainSpec { Requests = TimeSpan.FromSeconds(10), Streams = TimeSpan.FromSeconds(10), WebSocketClose = TimeSpan.FromSeconds(5) },
    };

    /// <summary>An environment whose one service takes everything.</summary>
    public static EdgeEnvironment Simple(params IEnumerable<EdgeTarget> targets) => Simple(Service("web", targets));

    public static EdgeEnvironment Simple(EdgeService service) => new(Env, [new EdgeRoute("rte_1", RouteKind.Http, service.Name)], [service]);

    public static EdgeEnvironment With(ImmutableArray<EdgeRoute> routes, params IEnumerable<EdgeService> services) => new(Env, routes, [.. services]);

    public SwitchRequest Request(EdgeEnvironment environment, long fence = 1, double seconds = 5) =>
        new($"sw_{Interlocked.Increment(ref _switches)}", fence, environment, TimeSpan.FromSeconds(seconds));

    public Task<SwitchOutcome> TrySwitchAsync(EdgeEnvironment environment, long fence = 1, double seconds = 5) =>
        Control.SwitchAsync(Request(environment, fence, seconds), Ct);

    /// <summary>Switches and insists; answers the switch's id.</summary>
    public async Task<string> SwitchAsync(EdgeEnvironment environment, long fence = 1)
    {
        var request = Request(environment, fence);
        (await Control.SwitchAsync(request, Ct)).ShouldBeOfType<SwitchOutcome.Switched>();
        return request.Id;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Control.Dispose();
        await Host.StopAsync();
        await Host.DisposeAsync();
        Directory.Delete(Options.Data, recursive: true);
    }
}
