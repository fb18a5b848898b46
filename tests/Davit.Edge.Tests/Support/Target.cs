using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using Davit.Edge.Control;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Davit.Edge.Tests.Support;

/// <summary>A real instance: it says who it is, echoes, streams, and speaks WebSocket.</summary>
internal sealed class Target : IAsyncDisposable
{
    private static int _count;
    private readonly WebApplication _app;

    private Target(WebApplication app, string name, int port, bool http2)
    {
        (_app, Name) = (app, name);
        Spec = new EdgeTarget($"ins_{name}", "127.0.0.1", port) { Http2 = http2 };
    }

    public string Name { get; }

    public EdgeTarget Spec { get; }

    public int Port => Spec.Port;

    /// <summary>Set to let <c>/hold</c> answer.</summary>
    public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int ReadyStatus { get; set; } = 200;

    public string ReadyRedirect { get; set; } = "";

    public TimeSpan ReadyDelay { get; set; }

    public ConcurrentDictionary<string, int> Seen { get; } = [];

    public int Holding;

    public static async Task<Target> StartAsync(string? name = null, bool http2 = false, int port = 0)
    {
        name ??= $"t{Interlocked.Increment(ref _count)}";
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k =>
        {
            k.Limits.MaxRequestBodySize = null;
            k.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
            k.Listen(IPAddress.Loopback, port, l => l.Protocols = http2 ? HttpProtocols.Http2 : HttpProtocols.Http1);
        });
        builder.Services.AddRouting();
        builder.Logging.ClearProviders();
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        var app = builder.Build();
        Target? self = null;
        app.UseWebSockets();
        app.Run(c => self!.HandleAsync(c));
        await app.StartAsync(TestContext.Current.CancellationToken);
        self = new Target(app, name, new Uri(app.Urls.First()).Port, http2);
        return self;
    }

    public async ValueTask DisposeAsync()
    {
        Release.TrySetResult();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext c)
    {
        var ct = c.RequestAborted;
        Seen.AddOrUpdate($"{c.Request.Method} {c.Request.Path}", 1, (_, n) => n + 1);
        c.Response.Headers["X-Target"] = Name;
        switch (c.Request.Path.Value)
        {
            case "/ready":
                await Task.Delay(ReadyDelay, TimeProvider.System, ct);
                c.Response.StatusCode = ReadyStatus;
                if (ReadyRedirect is not "")
                    c.Response.Headers.Location = ReadyRedirect;

                await c.Response.WriteAsync($"ready {Name}", ct);
                break;
            case "/hold":
                Interlocked.Increment(ref Holding);
                await Release.Task.WaitAsync(ct);
                await c.Response.WriteAsync(Name, ct);
                break;
            case "/upload":
                using (var body = new MemoryStream())
                {
                    await c.Request.Body.CopyToAsync(body, ct);
                    var trailer = c.Request.CheckTrailersAvailable() ? c.Request.GetTrailer("X-Sum").ToString() : "";
                    await c.Response.WriteAsync($"{body.Length} {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body.ToArray()))} {trailer}", ct);
                }

                break;
            case "/mirror":
                await MirrorAsync(c, ct);
                break;
            case "/big":
                var size = int.Parse(c.Request.Query["size"]!, System.Globalization.CultureInfo.InvariantCulture);
                if (c.Request.Query["length"] == "1")
                    c.Response.ContentLength = size;

                var block = new byte[8192];
                Array.Fill(block, (byte)'x');
                for (var left = size; left > 0; left -= block.Length)
                    await c.Response.Body.WriteAsync(block.AsMemory(0, Math.Min(left, block.Length)), ct);

                break;
            case "/trailers":
                c.Response.DeclareTrailer("X-Sum");
                await c.Response.WriteAsync("body", ct);
                c.Response.AppendTrailer("X-Sum", "42");
                break;
            case "/sse":
                c.Response.ContentType = "text/event-stream";
                for (var i = 0; !ct.IsCancellationRequested; i++)
                {
                    await c.Response.WriteAsync($"data: {Name} {i}\n\n", ct);
                    await c.Response.Body.FlushAsync(ct);
                    await Task.Delay(20, TimeProvider.System, ct);
                }

                break;
            case "/grpc.health.v1.Health/Check":
                c.Response.ContentType = "application/grpc";
                await c.Response.Body.WriteAsync(new byte[] { 0, 0, 0, 0, 2, 8, (byte)(ReadyStatus is 200 ? 1 : 2) }, ct);
                c.Response.AppendTrailer("grpc-status", "0");
                break;
            case "/ws":
                await SocketAsync(c, ct);
                break;
            case "/status":
                c.Response.StatusCode = int.Parse(c.Request.Query["code"]!, System.Globalization.CultureInfo.InvariantCulture);
                break;
            default:
                await EchoAsync(c, ct);
                break;
        }
    }

    /// <summary>The request as it arrived: target, then one line per field.</summary>
    private async Task EchoAsync(HttpContext c, CancellationToken ct)
    {
        var text = new StringBuilder($"{c.Request.Method} {c.Features.Get<IHttpRequestFeature>()!.RawTarget} {Name}\n");
        foreach (var (name, values) in c.Request.Headers)
        {
            foreach (var value in values)
                text.Append(name).Append(": ").Append(value).Append('\n');
        }

        await c.Response.WriteAsync(text.ToString(), ct);
    }

    /// <summary>Sends back what it receives while it is still receiving.</summary>
    private static async Task MirrorAsync(HttpContext c, CancellationToken ct)
    {
        await c.Response.StartAsync(ct);
        await c.Response.Body.FlushAsync(ct);
        var buffer = new byte[4096];
        int read;
        while ((read = await c.Request.Body.ReadAsync(buffer, ct)) > 0)
        {
            await c.Response.Body.WriteAsync(buffer.AsMemory(0, read), ct);
            await c.Response.Body.FlushAsync(ct);
        }
    }

    private async Task SocketAsync(HttpContext c, CancellationToken ct)
    {
        if (!c.WebSockets.IsWebSocketRequest)
        {
            c.Response.StatusCode = 400;
            return;
        }

        using var socket = await c.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[70_000];
        try
        {
            while (true)
            {
                var got = await socket.ReceiveAsync(buffer.AsMemory(), ct);
                if (got.MessageType is WebSocketMessageType.Close)
                {
                    Seen.AddOrUpdate($"closed {(int?)socket.CloseStatus}", 1, (_, n) => n + 1);
                    await socket.CloseOutputAsync(socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure, "", ct);
                    return;
                }

                await socket.SendAsync(Encoding.UTF8.GetBytes(Name + ":").Concat(buffer[..got.Count]).ToArray(), WebSocketMessageType.Text, true, ct);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            Seen.AddOrUpdate("broken socket", 1, (_, n) => n + 1);
        }
    }
}
