using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Davit.Edge.Control;

namespace Davit.Edge.Tests.Support;

/// <summary>Ends TLS itself and answers <c>own:</c> and what it was sent.</summary>
internal sealed class TlsTarget : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopped = new();
    private readonly X509Certificate2 _certificate;
    private readonly Task _accepting;

    public TlsTarget(string host)
    {
        var pem = TlsTests.Upload(host);
        using var bare = X509Certificate2.CreateFromPem(pem.ChainPem, pem.KeyPem);
        _certificate = X509CertificateLoader.LoadPkcs12(bare.Export(X509ContentType.Pkcs12), null);
        _listener.Start();
        Spec = new EdgeTarget("ins_tls", "127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);
        _accepting = AcceptAsync(_stopped.Token);
    }

    public EdgeTarget Spec { get; }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        _listener.Stop();
        await _accepting;
        _certificate.Dispose();
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
        try
        {
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, ct);
            var buffer = new byte[4096];
            int read;
            while ((read = await tls.ReadAsync(buffer, ct)) > 0)
                await tls.WriteAsync("own:"u8.ToArray().Concat(buffer[..read]).ToArray(), ct);
        }
        catch (Exception e) when (e is IOException or AuthenticationException or OperationCanceledException or SocketException)
        {
            // Probes connect and leave; tests end in the middle.
        }
        finally
        {
            client.Dispose();
        }
    }
}
