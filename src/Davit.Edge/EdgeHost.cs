using System.Globalization;
using Davit.Edge.AccessLog;
using Davit.Edge.Control;
using Davit.Edge.Draining;
using Davit.Edge.Forwarding;
using Davit.Edge.Forwarding.Http1;
using Davit.Edge.Forwarding.Yarp;
using Davit.Edge.Persistence;
using Davit.Edge.Probing;
using Davit.Edge.Routing;
using Davit.Edge.Static;
using Davit.Edge.Switching;
using Davit.Edge.Tcp;
using Davit.Edge.Tls;
using Davit.Edge.Upgrading;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Davit.Edge;

/// <summary>The edge, put together. The only place that knows every part.</summary>
internal sealed class EdgeHost : IAsyncDisposable
{
    private readonly EdgeOptions _options;
    private readonly WebApplication _app;
    private readonly IServiceProvider _services;
    private readonly IServer _server;
    private readonly CancellationTokenSource _stopped = new();
    private readonly Task _sweeping;

    private EdgeHost(EdgeOptions options, WebApplication app)
    {
        var services = app.Services;
        (_options, _app, _services) = (options, app, services);
        _server = services.GetRequiredService<IServer>();
        var clock = services.GetRequiredService<TimeProvider>();
        _sweeping = Task.WhenAll(
            new ConnectionSweep(services.GetRequiredService<RouteTable>(), services.GetRequiredService<Drainer>(), clock).RunAsync(_stopped.Token),
            new MemoryTrim(clock).RunAsync(_stopped.Token));
    }

    public Listeners Listeners => _services.GetRequiredService<Listeners>();

    public RouteTable Table => _services.GetRequiredService<RouteTable>();

    /// <summary>Done when a successor serves and everything of this process has ended.</summary>
    public Task Retired => _services.GetRequiredService<Handover>().Retired;

    public AccessLogFile? AccessLog => _services.GetService<AccessLogFile>();

    public static async Task<EdgeHost> StartAsync(EdgeOptions options, TimeProvider clock, CancellationToken ct)
    {
        // The server would take a bare line feed for a line end (RFC 9112 section 2.2 allows it; proxies in front may not agree).
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", isEnabled: true);
        Directory.CreateDirectory(options.Data);
        var host = new EdgeHost(options, Build(options, clock));
        var services = host._services;
        try
        {
            var notes = services.GetRequiredService<EdgeNotes>();
            foreach (var fault in services.GetRequiredService<CertificateStore>().Load())
                notes.Add("certificate-unusable", fault);

            services.GetRequiredService<TableSwap>().Restore();
            services.GetRequiredService<Listeners>().PrepareSocket();
            await host._server.StartAsync(services.GetRequiredService<EdgeApplication>(), ct);
            services.GetRequiredService<Listeners>().ProtectSocket();
            if (!options.Start.IsTrial)
                WriteProcessId(options.Data);

            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops accepting, lets requests finish for the drain time, then ends what is left.</summary>
    public async Task StopAsync()
    {
        _services.GetRequiredService<Listeners>().Stop();
        _services.GetRequiredService<TcpPorts>().StopListening();
        foreach (var flight in TableCompiler.Targets(Table.Current).SelectMany(t => t.Flights.Keys))
            flight.TellGoingAway();

        using var limit = new CancellationTokenSource(_options.DrainTime, _services.GetRequiredService<TimeProvider>());
        await _server.StopAsync(limit.Token);
        await _services.GetRequiredService<TcpPorts>().DrainedAsync(limit.Token);
        await _services.GetRequiredService<Retirement>().StoppedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        await _sweeping;
        foreach (var target in TableCompiler.Targets(Table.Current))
            target.Dispose();

        await _services.GetRequiredService<ProbeLoops>().StoppedAsync();
        await _app.DisposeAsync();
        _stopped.Dispose();
    }

    /// <summary>Whoever watches the edge finds its process here, also after an upgrade.</summary>
    private static void WriteProcessId(string data)
    {
        var path = Path.Combine(data, "davit-edge.pid");
        File.WriteAllText(path + ".new", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>The server's own parts come from the web host's builder; its pipeline is never started (see <see cref="EdgeApplication"/>).</summary>
    private static WebApplication Build(EdgeOptions options, TimeProvider clock)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.Logging.AddSimpleConsole(c => c.SingleLine = true).SetMinimumLevel(LogLevel.Warning).AddFilter("Yarp", LogLevel.Error);
        AddParts(builder.Services, options, clock);
        builder.Services.AddOptions<KestrelServerOptions>().Configure<Listeners, SniGate, Handshakes>(
            (kestrel, listeners, gate, handshakes) => listeners.Configure(kestrel, gate, handshakes));
        builder.Services.AddOptions<SocketTransportOptions>().Configure<Listeners>((o, listeners) =>
        {
            o.CreateBoundListenSocket = listeners.Open;
            o.NoDelay = true;

            // A silent connection holds no buffer: of ten thousand that is 40 MB, and it costs no measurable time (ADR 0002).
            o.WaitForDataBeforeAllocatingBuffer = true;
        });
        return builder.Build();
    }

    private static void AddParts(IServiceCollection services, EdgeOptions options, TimeProvider clock)
    {
        services.AddSingleton(options).AddSingleton(options.Start).AddSingleton(clock).AddSingleton(ConnectionBudget.OfThisProcess());
        services.AddSingleton<Handover>().AddSingleton<Farewell>().AddSingleton<Predecessors>().AddSingleton<SelfTest>().AddSingleton<UpgradeParts>().AddSingleton<Upgrade>().AddSingleton<Retirement>();
        services.AddSingleton(p => new RetirementParts(p.GetRequiredService<Listeners>(), p.GetRequiredService<TcpPorts>(), p.GetRequiredService<TableSwap>(), p.GetRequiredService<Drainer>(), p.GetRequiredService<ConnectionBudget>())
        {
            Log = p.GetService<AccessLogFile>(),
        });
        services.AddSingleton<RouteTable>().AddSingleton<TableCompiler>().AddSingleton<Balancer>();
        services.AddSingleton<EdgeNotes>().AddSingleton(p => new TableStore(Path.Combine(options.Data, "table"), p.GetRequiredService<EdgeNotes>()));
        services.AddSingleton<Prober>().AddSingleton<Readiness>().AddSingleton<ProbeLoops>().AddSingleton<Drainer>();
        services.AddSingleton<SwapParts>().AddSingleton<TableSwap>().AddSingleton<EnvironmentCheck>().AddSingleton<Switchboard>();
        services.AddSingleton<TargetSockets>().AddSingleton<TcpPorts>();
        services.AddSingleton(new CertificateStore(Path.Combine(options.Data, "certificates"), clock));
        services.AddSingleton(new LocalAuthority(Path.Combine(options.Data, "authority"), clock));
        services.AddSingleton<Handshakes>().AddSingleton<SniGate>().AddSingleton<Listeners>();
        services.AddSingleton<StaticFiles>().AddSingleton<Http1Forwarder>().AddSingleton<YarpForwarder>();
        services.AddHttpForwarder();
        services.AddSingleton(p => new ForwarderChoice(p.GetRequiredService<Http1Forwarder>(), p.GetRequiredService<YarpForwarder>(), options.AlwaysYarp));
        services.AddSingleton<Dispatcher>().AddSingleton<EdgeReport>().AddSingleton<CertificateParts>().AddSingleton<UpgradeEndpoints>().AddSingleton<ControlEndpoints>().AddSingleton<ApplicationParts>();
        if (options.AccessLog is not "")
            services.AddSingleton(_ => new AccessLogFile(options.AccessLog, options.AccessLogSize, clock));

        services.AddSingleton(p => new EdgeApplication(
            p.GetRequiredService<Dispatcher>(), p.GetRequiredService<ApplicationParts>(), p.GetService<AccessLogFile>(), options, clock, p.GetRequiredService<ILogger<EdgeApplication>>()));
    }
}
