using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Davit.Edge.Control;
using Davit.Edge.Tls;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Davit.Edge;

/// <summary>Where the server listens and what it allows there.</summary>
internal sealed class Listeners(EdgeOptions options, ConnectionBudget budget)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly List<(ListenOptions Listen, string Kind)> _bound = [];
    public int OpenConnections => budget.Open;

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
        if (!File.Exists(options.Control))
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
