using System.Net.Sockets;
using System.Text;
using Davit.Drivers.Docker.Engine;

namespace Davit.Drivers.Docker.Tests.Engine;

/// <summary>A socket that answers like an engine would, and like no engine should: real ones cannot be made to break in the middle.</summary>
internal sealed class ScriptedEngine : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("davit-engine").FullName;
    private readonly CancellationTokenSource _stop = new();
    private Socket? _listener;
    private Task _serving = Task.CompletedTask;

    public EngineEndpoint Endpoint => new($"unix://{Path}");

    /// <summary>The whole answer to a request line; the connection is closed after it.</summary>
    public Func<string, string> Answer { get; set; } = _ => "";

    private string Path => System.IO.Path.Combine(_directory, "docker.sock");

    public static string Json(string body, string status = "200 OK") =>
        $"HTTP/1.1 {status}\r\nApi-Version: 1.41\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";

    public static string Version(string newest = "1.41", string oldest = "1.12") => Json($"{{\"Version\":\"x\",\"ApiVersion\":\"{newest}\",\"MinAPIVersion\":\"{oldest}\"}}");

    public void Start()
    {
        File.Delete(Path);
        _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(new UnixDomainSocketEndPoint(Path));
        _listener.Listen();
        _serving = ServeAsync(_listener);
    }

    public void Stop() => _listener?.Dispose();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Stop();
        await _serving;
        _stop.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task ServeAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptAsync(_stop.Token);
                var buffer = new byte[16 * 1024];
                var read = await client.ReceiveAsync(buffer, _stop.Token);
                var line = Encoding.ASCII.GetString(buffer, 0, read).Split("\r\n")[0];
                await client.SendAsync(Encoding.UTF8.GetBytes(Answer(line)), _stop.Token);
                client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over, or has stopped the engine.
        }
    }
}
