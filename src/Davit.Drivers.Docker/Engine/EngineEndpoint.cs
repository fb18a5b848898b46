using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Davit.Drivers.Docker.Engine;

/// <summary>Where the engine listens: a unix socket, or TCP with mutual TLS.</summary>
public sealed record EngineEndpoint(string Address)
{
    public const string DefaultAddress = "unix:///var/run/docker.sock";

    /// <summary>Files in PEM form; null speaks plain TCP, which only makes sense on loopback or inside a tunnel.</summary>
    public EngineTls? Tls { get; init; }

    /// <summary>The engine is on this machine, so its process ids and paths are ours.</summary>
    public bool IsLocal => Address.StartsWith("unix://", StringComparison.Ordinal);

    /// <summary>From DOCKER_HOST, DOCKER_TLS_VERIFY and DOCKER_CERT_PATH, as the engine's own tools read them.</summary>
    public static EngineEndpoint FromEnvironment()
    {
        var host = Environment.GetEnvironmentVariable("DOCKER_HOST");
        var directory = Environment.GetEnvironmentVariable("DOCKER_CERT_PATH");
        return new(string.IsNullOrEmpty(host) ? DefaultAddress : host)
        {
            Tls = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DOCKER_TLS_VERIFY")) || string.IsNullOrEmpty(directory)
                ? null
                : new(Path.Combine(directory, "ca.pem"), Path.Combine(directory, "cert.pem"), Path.Combine(directory, "key.pem")),
        };
    }

    /// <summary>Opens a connection. The caller owns the stream.</summary>
    internal async Task<Stream> ConnectAsync(CancellationToken ct)
    {
        var socket = IsLocal
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (IsLocal)
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(Address["unix://".Length..]), ct);
                return new NetworkStream(socket, ownsSocket: true);
            }

            var uri = new Uri(Address);
            await socket.ConnectAsync(new DnsEndPoint(uri.Host, uri.Port), ct);
            var plain = new NetworkStream(socket, ownsSocket: true);
            return Tls is null ? plain : await Tls.WrapAsync(plain, uri.Host, ct);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>Who we are and whom we trust on a TCP connection.</summary>
public sealed record EngineTls(string AuthorityFile, string CertificateFile, string KeyFile)
{
    internal async Task<Stream> WrapAsync(Stream plain, string host, CancellationToken ct)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(AuthorityFile);
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);

        var tls = new SslStream(plain);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = host,
                ClientCertificates = [X509Certificate2.CreateFromPemFile(CertificateFile, KeyFile)],
                CertificateChainPolicy = policy,
            },
            ct);
        return tls;
    }
}
