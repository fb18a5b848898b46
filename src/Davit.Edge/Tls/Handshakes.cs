using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Authentication;
using Davit.Edge.Control;
using Davit.Edge.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Davit.Edge.Tls;

/// <summary>Chooses the certificate of a handshake by the server name and the table.</summary>
internal sealed class Handshakes(RouteTable table, CertificateStore uploaded, LocalAuthority local)
{
    public TlsHandshakeCallbackOptions Options => new() { OnConnection = context => ValueTask.FromResult(For(context.ClientHelloInfo.ServerName)) };

    public ImmutableArray<CertificateStatus> List() => [.. uploaded.List(), .. local.List()];

    private SslServerAuthenticationOptions For(string serverName)
    {
        var name = HostName.Bare(serverName).ToString().ToLowerInvariant();
        var snapshot = table.Current;
        var host = SniGate.Matching(snapshot, name) ?? throw new AuthenticationException("no route is served over TLS under this name");
        var tls = snapshot.Routes.First(r => r.Route is { Kind: RouteKind.Http, Tls.Mode: not TlsMode.Off } && r.Route.Host == host).Route.Tls;
        var certificate = (tls.Mode is TlsMode.Certificate ? uploaded.Find(tls.Certificate) : null) ?? local.For(host is "" ? name : host);
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = certificate.Context,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
            AllowRenegotiation = false,
        };
    }
}
