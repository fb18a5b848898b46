using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace Davit.Edge.Tests.Support;

/// <summary>Every kind of client at once. Whatever is not answered whole and well is a fault.</summary>
internal sealed class MixedLoad : IAsyncDisposable
{
    private const int Body = 1024 * 1024;

    private readonly EdgeProcess _edge;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _clients = [];
    private readonly ConcurrentDictionary<string, int> _answered = [];

    public MixedLoad(EdgeProcess edge, int tcpPort)
    {
        _edge = edge;
        for (var i = 0; i < 4; i++)
            Begin("kept", c => AskAsync("kept", c, "/", body: null), HttpVersion.Version11, keep: true);

        for (var i = 0; i < 2; i++)
            Begin("fresh", c => AskAsync("fresh", c, "/", body: null), HttpVersion.Version11, keep: false);

        for (var i = 0; i < 4; i++)
            Begin("http/2", c => AskAsync("http/2", c, "/", body: null), HttpVersion.Version20, keep: true);

        Begin("upload", c => AskAsync("upload", c, "/upload", new byte[Body]), HttpVersion.Version11, keep: true);
        Begin("download", c => AskAsync("download", c, $"/big?size={Body}&length=1", body: null), HttpVersion.Version11, keep: true);
        Begin("posts", c => AskAsync("posts", c, "/upload", new byte[2000]), HttpVersion.Version11, keep: true);
        for (var i = 0; i < 4; i++)
            _clients.Add(Task.Run(SocketAsync, CancellationToken.None));

        if (tcpPort is not 0)
            _clients.Add(Task.Run(() => RawAsync(tcpPort), CancellationToken.None));
    }

    public ConcurrentQueue<string> Faults { get; } = [];

    public IReadOnlyDictionary<string, int> Answered => _answered;

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_clients);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    /// <summary>Waits until each kind of client has been answered some more times.</summary>
    public async Task SettleAsync(int more)
    {
        var before = _answered.ToDictionary();
        await Eventually.ShouldBeTrueAsync(() => !Faults.IsEmpty || _answered.All(a => a.Value >= before.GetValueOrDefault(a.Key) + more), seconds: 30);
    }

    private void Begin(string kind, Func<HttpClient, Task> ask, Version version, bool keep)
    {
        _answered[kind] = 0;
        _clients.Add(Task.Run(
            async () =>
            {
                using var http = new HttpClient(new SocketsHttpHandler
                {
                    PooledConnectionLifetime = keep ? Timeout.InfiniteTimeSpan : TimeSpan.Zero,
                    SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null },
                    ConnectCallback = async (_, ct) =>
                    {
                        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                        await socket.ConnectAsync(IPAddress.Loopback, version.Major is 2 ? _edge.TlsPort : _edge.Port, ct);
                        return new NetworkStream(socket, ownsSocket: true);
                    },
                })
                {
                    BaseAddress = new Uri(version.Major is 2 ? "https://local.example" : "http://local.example"),
                    DefaultRequestVersion = version,
                    DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
                };
                while (!_stop.IsCancellationRequested)
                    await ask(http);
            },
            CancellationToken.None));
    }

    private async Task AskAsync(string kind, HttpClient http, string path, byte[]? body)
    {
        try
        {
            using var content = body is null ? null : new ByteArrayContent(body);
            using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path) { Content = content, Version = http.DefaultRequestVersion, VersionPolicy = http.DefaultVersionPolicy };
            using var answer = await http.SendAsync(request, CancellationToken.None);
            var got = await answer.Content.ReadAsByteArrayAsync(CancellationToken.None);
            if (answer.StatusCode is not HttpStatusCode.OK || (path.StartsWith("/big", StringComparison.Ordinal) && got.Length != Body))
                Faults.Enqueue($"{kind}: {(int)answer.StatusCode}, {got.Length} bytes {Encoding.UTF8.GetString(got[..Math.Min(200, got.Length)])}");
            else
                Count(kind);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            Faults.Enqueue($"{kind}: {e.Message} {e.InnerException?.Message}");
        }
    }

    /// <summary>One WebSocket for the whole time.</summary>
    private async Task SocketAsync()
    {
        _answered.TryAdd("websocket", 0);
        using var socket = new ClientWebSocket();
        try
        {
            await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{_edge.Port}/ws"), CancellationToken.None);
            var buffer = new byte[4096];
            while (!_stop.IsCancellationRequested)
            {
                await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
                var got = await socket.ReceiveAsync(buffer, CancellationToken.None);
                if (got.MessageType is WebSocketMessageType.Close)
                {
                    Faults.Enqueue($"websocket: closed with {socket.CloseStatus}");
                    return;
                }

                Count("websocket");
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException)
        {
            Faults.Enqueue($"websocket: {e}");
        }
    }

    /// <summary>New raw connections, one after another.</summary>
    private async Task RawAsync(int port)
    {
        _answered.TryAdd("tcp", 0);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, CancellationToken.None);
                await client.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"u8.ToArray(), CancellationToken.None);
                using var reader = new StreamReader(client.GetStream());
                if (!(await reader.ReadToEndAsync(CancellationToken.None)).StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
                    Faults.Enqueue("tcp: no answer");
                else
                    Count("tcp");
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                Faults.Enqueue($"tcp: {e.Message}");
            }
        }
    }

    private void Count(string kind) => _answered.AddOrUpdate(kind, 1, (_, n) => n + 1);
}
