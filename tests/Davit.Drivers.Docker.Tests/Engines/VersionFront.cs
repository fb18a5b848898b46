using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Davit.Drivers.Docker.Engine;

namespace Davit.Drivers.Docker.Tests.Engines;

/// <summary>
/// Stands before a real engine and lets pass only versions of a range, as an engine of another age would: it says so when asked,
/// and refuses every other one with the engine's own words.
/// </summary>
internal sealed class VersionFront : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("dvf-").FullName;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Socket> _clients = [];
    private readonly EngineEndpoint _engine;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Task _serving;

    public VersionFront(EngineEndpoint engine, string oldest, string newest)
    {
        _engine = engine;
        Range = (Parse(oldest), Parse(newest));
        _listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(_directory, "docker.sock")));
        _listener.Listen(64);
        _serving = ServeAsync();
    }

    public EngineEndpoint Endpoint => new($"unix://{Path.Combine(_directory, "docker.sock")}");

    public (ApiVersion Oldest, ApiVersion Newest) Range { get; private set; }

    /// <summary>Requests that came with a version outside the range.</summary>
    public int Refused { get; private set; }

    /// <summary>Another engine in its place: connections break, and the range is another one.</summary>
    public void Upgrade(string oldest, string newest)
    {
        Range = (Parse(oldest), Parse(newest));
        lock (_clients)
        {
            _clients.ForEach(c => c.Dispose());
            _clients.Clear();
        }
    }

    private static ApiVersion Parse(string text) => ApiVersion.TryParse(text, out var version) ? version : throw new FormatException(text);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task ServeAsync()
    {
        var passing = new List<Task>();
        try
        {
            while (true)
                passing.Add(PassAsync(await _listener.AcceptAsync(_stop.Token)));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(passing);
        }
    }

    private async Task PassAsync(Socket accepted)
    {
        try
        {
            using var client = accepted;
            lock (_clients)
                _clients.Add(client);
            var buffer = new byte[64 * 1024];
            var read = await client.ReceiveAsync(buffer, _stop.Token);
            var path = Encoding.ASCII.GetString(buffer, 0, read).Split(' ') is [_, var found, ..] ? found : "";
            if (path is "/_ping" or "/version")
                await client.SendAsync(Encoding.UTF8.GetBytes(await AnswerAsync(path)), _stop.Token);
            else if (Refuses(path) is { } refusal)
                await client.SendAsync(Encoding.UTF8.GetBytes(refusal), _stop.Token);
            else
                await PumpAsync(client, buffer.AsMemory(0, read));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // The driver or the test has gone; there is nobody to answer.
        }
    }

    private async Task<string> AnswerAsync(string path)
    {
        var (oldest, newest) = Range;
        if (path is "/_ping")
            return Http("200 OK", "OK");

        using var http = EngineHttp.Client(_engine);
        var version = JsonNode.Parse(await http.GetStringAsync(new Uri("/version", UriKind.Relative), _stop.Token))!;
        version["ApiVersion"] = newest.ToString();
        version["MinAPIVersion"] = oldest.ToString();
        return Http("200 OK", version.ToJsonString());
    }

    private string? Refuses(string path)
    {
        var (oldest, newest) = Range;
        var asked = path.Split('/') is [_, var first, ..] && first.StartsWith('v') && ApiVersion.TryParse(first[1..], out var version) ? version : newest;
        var wrong = asked < oldest ? $"client version {asked} is too old. Minimum supported API version is {oldest}, please upgrade your client to a newer version"
            : asked > newest ? $"client version {asked} is too new. Maximum supported API version is {newest}"
            : null;
        if (wrong is null)
            return null;
        Refused++;
        return Http("400 Bad Request", new JsonObject { ["message"] = wrong }.ToJsonString());
    }

    private static string Http(string status, string body) =>
        $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";

    /// <summary>Bytes in both directions; the end of one direction is passed on too.</summary>
    private async Task PumpAsync(Socket client, ReadOnlyMemory<byte> early)
    {
        using var engine = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await engine.ConnectAsync(new UnixDomainSocketEndPoint(_engine.Address["unix://".Length..]), _stop.Token);
        await engine.SendAsync(early, _stop.Token);
        await Task.WhenAll(CopyAsync(client, engine), CopyAsync(engine, client));
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReceiveAsync(buffer, _stop.Token) is > 0 and var read)
        {
            for (var sent = 0; sent < read;)
                sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), _stop.Token);
        }

        to.Shutdown(SocketShutdown.Send);
    }
}
