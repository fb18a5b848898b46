using System.Collections.Concurrent;
using System.Net.Sockets;
using Davit.Edge.AccessLog;
using Davit.Edge.Control;
using Davit.Edge.Routing;
using Davit.Edge.Upgrading;
using Davit.Model;

namespace Davit.Edge.Tcp;

/// <summary>The listening ports of TCP routes. They are opened before a table is used and closed after it is no longer.</summary>
internal sealed class TcpPorts(RouteTable table, TargetSockets sockets, ConnectionBudget budget, EdgeNotes notes, StartState start) : IAsyncDisposable
{
    private const int Backlog = 512;

    private readonly ConcurrentDictionary<int, ListeningSocket> _listeners = [];
    private readonly ConcurrentDictionary<Task, byte> _running = [];
    private readonly CancellationTokenSource _stopped = new();

    /// <summary>Listens on the ports that a table adds and answers which they are; connections wait until <see cref="Accept(int[])"/>.</summary>
    /// <exception cref="ProblemException">DV5009; what was opened by this call is closed again.</exception>
    public int[] Open(TableSnapshot next)
    {
        var opened = new List<int>();
        try
        {
            foreach (var port in next.Tcp.Keys.Where(p => !_listeners.ContainsKey(p)))
            {
                _listeners[port] = Listen(port);
                opened.Add(port);
            }
        }
        catch (SocketException e)
        {
            Close([.. opened]);
            throw new ProblemException(EdgeProblems.BadPort(next.Tcp.Keys.First(p => !_listeners.ContainsKey(p)), e.SocketErrorCode.ToString()), e);
        }

        return [.. opened];
    }

    public void Accept(int[] ports) => Array.ForEach(ports, Accept);

    public void AcceptRestored() => Accept([.. _listeners.Keys]);

    public void Close(int[] ports) => Array.ForEach(ports, Close);

    /// <summary>Opens what can be opened; connections wait until <see cref="AcceptRestored"/>: at start, one port that is held by another must not keep all others from being served.</summary>
    public void OpenRestored(TableSnapshot restored)
    {
        if (start.IsTrial)
            return;

        foreach (var port in restored.Tcp.Keys)
        {
            try
            {
                _listeners[port] = start.Inheritance.Take(Inheritance.Tcp(port)) ?? Listen(port);
            }
            catch (SocketException e)
            {
                notes.Add("port-held", $"TCP port {port} of the restored table cannot be listened on: {e.SocketErrorCode}.");
            }
        }
    }

    public void CloseOthers(TableSnapshot next)
    {
        foreach (var port in _listeners.Keys.Where(p => !next.Tcp.ContainsKey(p)).ToArray())
            Close(port);
    }

    public IEnumerable<ListenerStatus> Status() => _listeners.Keys.Order().Select(p => new ListenerStatus($"[::]:{p}", "tcp", ""));

    /// <summary>What a new process goes on with.</summary>
    public IEnumerable<KeyValuePair<string, int>> Descriptors => _listeners.Select(l => KeyValuePair.Create(Inheritance.Tcp(l.Key), l.Value.Descriptor));

    /// <summary>Stops listening; connections go on, and a successor that has the sockets accepts.</summary>
    public void StopListening()
    {
        foreach (var port in _listeners.Keys.ToArray())
            Close(port);
    }

    /// <summary>Done when the last connection has ended, or when the wait was given up.</summary>
    public async Task DrainedAsync(CancellationToken ct) => await Task.WhenAll(_running.Keys).WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public async ValueTask DisposeAsync()
    {
        StopListening();
        await _stopped.CancelAsync();
        await Task.WhenAll(_running.Keys);
        _stopped.Dispose();
    }

    private static ListeningSocket Listen(int port)
    {
        var socket = ListeningSocket.OnPort(port);
        try
        {
            socket.Lent.Listen(Backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void Close(int port)
    {
        if (_listeners.TryRemove(port, out var listener))
            listener.Dispose();
    }

    private void Accept(int port) => Track(AcceptAsync(port, _listeners[port].Lent, _stopped.Token));

    private void Track(Task task)
    {
        _running.TryAdd(task, 0);
        _ = task.ContinueWith(t => _running.TryRemove(t, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task AcceptAsync(int port, Socket listener, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                var client = await listener.AcceptAsync(ct);
                if (budget.TryEnter())
                    Track(ServeAsync(port, client, ct));
                else
                    client.Dispose();
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.TooManyOpenSockets)
            {
                // One client gave up, or descriptors ran short: the next accept decides.
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(int port, Socket client, CancellationToken ct)
    {
        try
        {
            await TunnelAsync(port, client, ct);
        }
        finally
        {
            budget.Exit();
        }
    }

    private async Task TunnelAsync(int port, Socket client, CancellationToken ct)
    {
        using (client)
        {
            client.NoDelay = true;
            if (await sockets.ConnectAsync(t => t.Tcp.GetValueOrDefault(port), ct) is not var (target, flight))
            {
                Reset(client);
                return;
            }

            try
            {
                using (flight)
                await using (var stream = new NetworkStream(client, ownsSocket: false))
                {
                    var figures = table.Current.Tcp.GetValueOrDefault(port)?.Figures;
                    var tunnel = new ByteTunnel(stream, stream, () => client.Shutdown(SocketShutdown.Send), flight.Socket);
                    if (!await tunnel.RunAsync(ct))
                    {
                        Reset(client);
                        Reset(flight.Socket);
                    }

                    figures?.Answered(0, TimeSpan.Zero, tunnel.BytesIn, tunnel.BytesOut);
                }
            }
            finally
            {
                target.Exit();
            }
        }
    }

    /// <summary>Closes with RST, so that the peer can tell a failure from an end.</summary>
    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }
    }
}
