using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Davit.Drivers.Docker.Engine;

namespace Davit.Drivers.Docker.Tests.Engine;

/// <summary>TCP with mutual TLS in front of the real engine's socket, as an engine on another machine has it.</summary>
internal sealed class TlsFront : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("davit-tls").FullName;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly EngineEndpoint _behind;
    private readonly X509Certificate2 _authority;
    private readonly X509Certificate2 _server;
    private readonly Task _serving;

    public TlsFront(EngineEndpoint behind)
    {
        _behind = behind;
        var now = TimeProvider.System.GetUtcNow();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(now.AddMinutes(-5), now.AddHours(1));
        _server = Issue("localhost", now);
        File.WriteAllText(Path.Combine(_directory, "ca.pem"), _authority.ExportCertificatePem());
        _listener.Start();
        _serving = ServeAsync();
    }

    public EngineEndpoint Endpoint => new($"tcp://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}") { Tls = Client("client") };

    /// <summary>Certificate files of somebody the authority knows, or of somebody who signed his own.</summary>
    public EngineTls Client(string name, bool isTrusted = true)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = isTrusted ? Issue(name, now) : new CertificateRequest($"CN={name}", stranger, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddMinutes(-5), now.AddHours(1));
        File.WriteAllText(Path.Combine(_directory, $"{name}.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_directory, $"{name}.key"), certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        return new(Path.Combine(_directory, "ca.pem"), Path.Combine(_directory, $"{name}.pem"), Path.Combine(_directory, $"{name}.key"));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
        _authority.Dispose();
        _server.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private X509Certificate2 Issue(string name, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(_authority, now.AddMinutes(-4), now.AddMinutes(50), RandomNumberGenerator.GetBytes(8));
        return certificate.CopyWithPrivateKey(key);
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(PassAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) =>
                    certificate is not null && new X509Certificate2(certificate).IssuerName.RawData.AsSpan().SequenceEqual(_authority.SubjectName.RawData));
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _server, ClientCertificateRequired = true }, _stop.Token);
                using var engine = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await engine.ConnectAsync(new UnixDomainSocketEndPoint(_behind.Address["unix://".Length..]), _stop.Token);
                await using var plain = new NetworkStream(engine);
                var inwards = CopyAsync(tls, plain, () => engine.Shutdown(SocketShutdown.Send));
                await CopyAsync(plain, tls, () => { });
                await tls.ShutdownAsync();
                await inwards;
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or IOException or System.Security.Authentication.AuthenticationException or ObjectDisposedException)
        {
            // The peer or the test is gone.
        }
    }

    private async Task CopyAsync(Stream from, Stream to, Action atEnd)
    {
        await from.CopyToAsync(to, _stop.Token);
        atEnd();
    }
}
