using System.Net;
using System.Security.Authentication;
using Davit.ControlPlane.Hardening;
using Davit.Model;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Davit.ControlPlane.Hosting;

/// <summary>Where the API is served, and what a connection may cost. Off loopback there is nothing but TLS.</summary>
internal static class Listening
{
    private const long BodyLimit = 1 << 20;
    private const int SocketsAtOnce = 10_000;

    public static void Configure(KestrelServerOptions kestrel, ServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = BodyLimit;
        kestrel.Limits.MaxRequestLineSize = RequestBounds.HardUrl;
        kestrel.Limits.MaxRequestHeadersTotalSize = RequestBounds.HardHead;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.MaxConcurrentConnections = SocketsAtOnce;
        File.Delete(options.ApiSocket);
        kestrel.ListenUnixSocket(options.ApiSocket);
        if (Address(options) is { } address)
            kestrel.Listen(address, listen => Secure(listen, address, options));
    }

    /// <returns>What to tell whoever starts the server; null without a TCP address.</returns>
    public static string? Announcement(ServerOptions options)
    {
        if (Address(options) is not { } address)
            return null;
        if (IsPlain(address, options))
            return $"serving http://{address}";
        using var certificate = ServerCertificate.LoadOrMake(options, address.Address);
        return $"serving https://{address}, certificate {ServerCertificate.Fingerprint(certificate)}";
    }

    private static bool IsPlain(IPEndPoint address, ServerOptions options) => IPAddress.IsLoopback(address.Address) && options.TlsCertificate is "";

    private static IPEndPoint? Address(ServerOptions options) => options.Listen is "" ? null
        : IPEndPoint.TryParse(options.Listen, out var address) ? address
        : throw new ProblemException(ServerProblems.BadOption("--listen", options.Listen, "an address and port such as 127.0.0.1:7420"));

    private static void Secure(ListenOptions listen, IPEndPoint address, ServerOptions options)
    {
        if (IsPlain(address, options))
            return;
        listen.UseHttps(ServerCertificate.LoadOrMake(options, address.Address), https => https.SslProtocols = SslProtocols.Tls13);
    }
}
