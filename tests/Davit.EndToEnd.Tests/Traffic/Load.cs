using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using Davit.EndToEnd.Tests.Support;

namespace Davit.EndToEnd.Tests.Traffic;

/// <summary>
/// Clients that never stop asking until told to. A request that is not answered with a whole, good answer is a failure; a
/// WebSocket that is closed with 1001 and an event stream that ends cleanly are asked to come again, which is what browsers do.
/// </summary>
internal sealed class Load : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly App _app;
    private readonly LoadShape _shape;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _clients;
    private HttpClient? _http2;
    private readonly long _began = Stopwatch.GetTimestamp();

    public Load(App app, LoadShape? shape = null)
    {
        _app = app;
        _shape = shape ?? new LoadShape();
        _clients =
        [
            .. Times(_shape.KeepAlive, KeepAliveAsync), .. Times(_shape.Fresh, FreshAsync), .. Times(_shape.Sockets, SocketAsync), .. Times(_shape.Streams, StreamAsync),
            .. _shape.Http2 > 0 ? Http2() : [], .. Times(_shape.Transfers, new Transfers(app, Tally, _stop.Token).UploadAsync), .. Times(_shape.Transfers, new Transfers(app, Tally, _stop.Token).DownloadAsync),
        ];
    }

    public Tally Tally { get; } = new();

    /// <summary>Answered requests.</summary>
    public double PerSecond => Tally.Requests / Stopwatch.GetElapsedTime(_began).TotalSeconds;

    /// <summary>Waits until each kind of client has been answered.</summary>
    public Task FlowsAsync(CancellationToken ct) => Eventually.HoldsAsync(() => Task.FromResult(Tally.Good > 50 || Tally.Failed > 0), "traffic flows", TimeSpan.FromSeconds(30), ct);

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_clients);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http2?.Dispose();
        _stop.Dispose();
    }

    private static IEnumerable<Task> Times(int count, Func<Task> client) => Enumerable.Range(0, count).Select(_ => Task.Run(client, CancellationToken.None));

    /// <summary>
    /// One connection for the whole time: an HTTP client repeats a request silently on a new one, so new ones are counted,
    /// unless an answer has asked for one.
    /// </summary>
    private async Task KeepAliveAsync()
    {
        var (connections, allowed) = (0, 1);
        using var http = Client(_app.Handler(() =>
        {
            if (Interlocked.Increment(ref connections) > Volatile.Read(ref allowed))
                Tally.Fails("keep-alive", "the connection was lost");
        }));
        await AskAsync("keep-alive", http, answer => allowed += answer.Headers.ConnectionClose is true ? 1 : 0);
    }

    private async Task FreshAsync()
    {
        using var http = Client(_app.Handler());
        http.DefaultRequestHeaders.ConnectionClose = true;
        await AskAsync("fresh", http);
    }

    /// <summary>All over one connection.</summary>
    private IEnumerable<Task> Http2()
    {
        var http = new HttpClient(_app.Handler(isSecure: true))
        {
            BaseAddress = _app.SecureUrl, Timeout = Patience, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        _http2 = http;
        return Times(_shape.Http2, () => AskAsync("http/2", http));
    }

    private HttpClient Client(SocketsHttpHandler handler) => new(handler) { BaseAddress = _app.Url, Timeout = Patience };

    private async Task AskAsync(string kind, HttpClient http, Action<HttpResponseMessage>? seen = null)
    {
        using var pace = new PeriodicTimer(_shape.Pause);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var answer = await http.GetAsync(_shape.Path, CancellationToken.None);
                var body = await answer.Content.ReadAsStringAsync(CancellationToken.None);
                seen?.Invoke(answer);
                if (answer.IsSuccessStatusCode && body is not "")
                    Tally.Succeeded(kind, body.Trim());
                else
                    Tally.Fails(kind, $"{(int)answer.StatusCode} {body}");
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                Tally.Fails(kind, Words(e));
            }

            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private async Task SocketAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var handler = _app.Handler();
                using var invoker = new HttpMessageInvoker(handler);
                using var socket = new ClientWebSocket();
                await socket.ConnectAsync(new UriBuilder(_app.Url) { Scheme = "ws", Path = "/echo" }.Uri, invoker, CancellationToken.None);
                await EchoAsync(socket);
            }
            catch (Exception e) when (e is WebSocketException or HttpRequestException or IOException)
            {
                Tally.Fails("websocket", Words(e));
            }
        }
    }

    /// <summary>Says something and hears it, until told that the other end goes away.</summary>
    private async Task EchoAsync(ClientWebSocket socket)
    {
        using var pace = new PeriodicTimer(_shape.Pause);
        var buffer = new byte[256];
        for (var n = 0; !_stop.IsCancellationRequested; n++)
        {
            var said = $"{n} ahoy";
            await socket.SendAsync(Encoding.UTF8.GetBytes(said), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            var heard = await socket.ReceiveAsync(buffer, CancellationToken.None);
            if (heard.MessageType is WebSocketMessageType.Close)
            {
                if (heard.CloseStatus is not WebSocketCloseStatus.EndpointUnavailable)
                    Tally.Fails("websocket", $"closed with {heard.CloseStatus}");
                await socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, null, CancellationToken.None);
                Tally.Count("websocket came again");
                return;
            }

            if (Encoding.UTF8.GetString(buffer, 0, heard.Count) != said)
                Tally.Fails("websocket", "another answer than was said");
            else
                Tally.Count("websocket");
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    private async Task StreamAsync()
    {
        using var http = new HttpClient(_app.Handler()) { BaseAddress = _app.Url, Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await using var stream = await http.GetStreamAsync("/live", _stop.Token);
                using var reader = new StreamReader(stream);
                while (await reader.ReadLineAsync(_stop.Token) is { } line)
                {
                    if (line.StartsWith("data: ", StringComparison.Ordinal))
                        Tally.Count("event");
                }

                Tally.Count("stream came again");
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                Tally.Fails("stream", Words(e));
            }
        }
    }

    internal static string Words(Exception e) => e.InnerException is { } inner ? $"{e.Message} ({inner.Message})" : e.Message;
}
