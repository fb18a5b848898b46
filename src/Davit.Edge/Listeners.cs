using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Davit.Edge.Control;
using Davit.Edge.Tls;
using Davit.Edge.Upgrading;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Davit.Edge;

/// <summary>Where the server listens and what it allows there.</summary>
internal sealed class Listeners(EdgeOptions options, ConnectionBudget budget, Handover handover)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly List<(ListenOptions Listen, string Kind)> _bound = [];
    private readonly Dictionary<string, ListeningSocket> _sockets = new(StringComparer.Ordinal);

    public int OpenConnections => budget.Open;

    public bool IsStopped { get; private set; }

    /// <summary>What a new process goes on with.</summary>
    public ImmutableSortedDictionary<string, int> Descriptors => _sockets.ToImmutableSortedDictionary(s => s.Key, s => s.Value.Descriptor, StringComparer.Ordinal);

    public ImmutableArray<ListenerStatus> Status => [.. _bound.Select(b => new ListenerStatus(b.Listen.ToString() ?? "", b.Kind, ""))];

    /// <summary>The address that is bound, with the port the system chose when 0 was asked for.</summary>
    public IPEndPoint? Endpoint(string kind) => _bound.Find(b => b.Kind == kind).Listen?.IPEndPoint;

    public void Configure(KestrelServerOptions kestrel, SniGate gate, Handshakes handshakes)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
        Limit(kestrel.Limits);
        if (options.Http is { } http)
        {
            kestrel.Listen(http, l =>
            {
                Bind(l, "http", HttpProtocols.Http1);
                Count(l);
            });
        }

        if (options.Https is { } https)
        {
            kestrel.Listen(https, l =>
            {
                Bind(l, "https", HttpProtocols.Http1AndHttp2);
                Count(l);
                l.Use(next => connection => gate.RunAsync(connection, next));
                l.UseHttps(handshakes.Options);
            });
        }

        kestrel.ListenUnixSocket(options.Control, l =>
        {
            Bind(l, "control", HttpProtocols.Http1);
            l.Use(next => connection =>
            {
                connection.Features.Set(ControlMark.Instance);
                return next(connection);
            });
        });
    }

    /// <summary>Makes the place for the control socket: a directory of our own, and no left-over of a process that was killed.</summary>
    public void PrepareSocket()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(options.Control)!);
        if (options.Start.Go is not null || !File.Exists(options.Control))
            return;

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(options.Control));
        }
        catch (SocketException)
        {
            File.Delete(options.Control);
        }
    }

    public void ProtectSocket()
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(options.Control, OwnerOnly);
    }

    /// <summary>The server opens its endpoints in the order in which it was told of them.</summary>
    public Socket Open(EndPoint endpoint)
    {
        var kind = _bound[_sockets.Count].Kind;
        var socket = options.Start.Inheritance.Take(kind) ?? ListeningSocket.Of(SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint));
        _sockets.Add(kind, socket);
        return socket.Lent;
    }

    /// <summary>Ends the listening. A socket that a successor has goes on there.</summary>
    public void Stop()
    {
        IsStopped = true;
        Close();
        if (!handover.IsDone)
            File.Delete(options.Control);
    }

    /// <summary>A successor accepts from now on.</summary>
    public void HandOver() => Close();

    private void Close()
    {
        foreach (var socket in _sockets.Values)
            socket.Dispose();
    }

    private static void Limit(KestrelServerLimits limits)
    {
        limits.MaxRequestLineSize = 8 * 1024;
        limits.MaxRequestHeadersTotalSize = 32 * 1024;
        limits.MaxRequestHeaderCount = 100;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        limits.Http2.MaxStreamsPerConnection = 100;
    }

    private void Bind(ListenOptions listen, string kind, HttpProtocols protocols)
    {
        listen.Protocols = protocols;
        _bound.Add((listen, kind));
    }

    private void Count(ListenOptions listen) => listen.Use(next => async connection =>
    {
        if (!budget.TryEnter())
        {
            connection.Abort();
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            budget.Exit();
        }
    });
}
