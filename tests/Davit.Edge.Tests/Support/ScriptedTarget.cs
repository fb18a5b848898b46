using System.Net;
using System.Net.Sockets;
using System.Text;
using Davit.Edge.Control;

namespace Davit.Edge.Tests.Support;

/// <summary>A target that misbehaves as told: the script gets each connection after its request head was read.</summary>
internal sealed class ScriptedTarget : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopped = new();
    private readonly Func<string, NetworkStream, CancellationToken, Task> _script;
    private readonly Task _accepting;

    public ScriptedTarget(Func<string, NetworkStream, CancellationToken, Task> script)
    {
        _script = script;
        _listener.Start();
        Spec = new EdgeTarget($"ins_raw{Port}", "127.0.0.1", Port);
        _accepting = AcceptAsync(_stopped.Token);
    }

    public EdgeTarget Spec { get; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections;

    /// <summary>Heads other than those of probes, in the order they came.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Heads { get; } = [];

    public static ScriptedTarget Answering(string answer) => new(async (_, stream, ct) => await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), ct));

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        await _accepting;
        _listener.Stop();
        _stopped.Dispose();
    }

    private async Task AcceptAsync(CancellationToken ct)
    {
        var running = new List<Task>();
        try
        {
            while (true)
                running.Add(ServeAsync(await _listener.AcceptTcpClientAsync(ct), ct));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken ct)
    {
        using (client)
        {
            Interlocked.Increment(ref Connections);
            var stream = client.GetStream();
            try
            {
                while (await HeadAsync(stream, ct) is { Length: > 0 } head)
                {
                    if (head.StartsWith("GET /ready ", StringComparison.Ordinal))
                    {
                        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), ct);
                        return;
                    }

                    Heads.Enqueue(head);
                    await _script(head, stream, ct);
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or SocketException)
            {
                // The edge closed first, or the test is over.
            }
        }
    }

    private static async Task<string> HeadAsync(NetworkStream stream, CancellationToken ct)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, ct) is 0)
                return "";

            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
