using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Davit.Edge.Control;

namespace Davit.Edge.Tls;

/// <summary>
/// The edge's own certificate authority, made once. It issues a certificate per host when the first client asks for it,
/// and a new one when a third of its life remains.
/// </summary>
internal sealed class LocalAuthority(string directory, TimeProvider clock)
{
    /// <summary>Under the default route any name may be asked for; the newest are kept.</summary>
    private const int MostIssued = 1000;

    private static readonly TimeSpan AuthorityLife = TimeSpan.FromDays(3650);
    private static readonly TimeSpan HostLife = TimeSpan.FromDays(90);
    private static readonly TimeSpan ClockSlack = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, StoredCertificate> _issued = new(StringComparer.Ordinal);
    private X509Certificate2? _authority;

    /// <summary>The file that clients may be told to trust.</summary>
    public string AuthorityPath => Path.Combine(directory, "local-ca.crt");

    public IEnumerable<CertificateStatus> List() => _issued.Values.OrderBy(c => c.Status.Name, StringComparer.Ordinal).Select(c => c.Status);

    public StoredCertificate For(string host)
    {
        if (_issued.TryGetValue(host, out var known) && clock.GetUtcNow() < known.Status.NotAfter - (HostLife / 3))
            return known;

        lock (_lock)
        {
            if (_issued.Count >= MostIssued)
                _issued.Clear();

            return _issued[host] = Issue(host, _authority ??= LoadOrMake());
        }
    }

    private X509Certificate2 LoadOrMake()
    {
        var keyPath = Path.Combine(directory, "local-ca.key");
        if (File.Exists(AuthorityPath) && File.Exists(keyPath))
            return X509Certificate2.CreateFromPemFile(AuthorityPath, keyPath);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Davit local authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = clock.GetUtcNow();
        var made = request.CreateSelfSigned(now - ClockSlack, now + AuthorityLife);

        // The key first: a certificate without its key would be used for nothing.
        PrivateFile.Write(keyPath, key.ExportPkcs8PrivateKeyPem());
        PrivateFile.Write(AuthorityPath, made.ExportCertificatePem());
        return made;
    }

    private StoredCertificate Issue(string host, X509Certificate2 authority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName("CN=Davit edge"), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(host is "" ? "localhost" : host);

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var now = clock.GetUtcNow();
        using var bare = request.Create(authority, now - ClockSlack, now + HostLife, RandomNumberGenerator.GetBytes(16));
        var leaf = bare.CopyWithPrivateKey(key);
        var status = new CertificateStatus(host, [host is "" ? "localhost" : host], authority.Subject, now - ClockSlack, now + HostLife, leaf.Thumbprint, IsLocal: true);
        return new StoredCertificate(status, SslStreamCertificateContext.Create(leaf, [authority], offline: true));
    }
}
