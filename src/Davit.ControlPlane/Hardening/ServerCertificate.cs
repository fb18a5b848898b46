using System.Net;
using System.Net.NetworkInformation;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Davit.ControlPlane.Hosting;
using Davit.Model;

namespace Davit.ControlPlane.Hardening;

/// <summary>The certificate of the API's own TCP address: one that was given, or a self-signed one that is made at the first start and again before it ends.</summary>
internal static class ServerCertificate
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(825);
    private static readonly TimeSpan Renewed = TimeSpan.FromDays(30);

    /// <exception cref="ProblemException">DV7914.</exception>
    public static X509Certificate2 LoadOrMake(ServerOptions options, IPAddress address)
    {
        if (options.TlsCertificate is "" != options.TlsKey is "")
            throw new ProblemException(SecurityProblems.BadCertificate(options.TlsCertificate is "" ? options.TlsKey : options.TlsCertificate, "stands alone: --tls-certificate and --tls-key belong together"));
        if (options.TlsCertificate is not "")
            return Load(options.TlsCertificate, options.TlsKey);

        var (certificate, key) = (Path.Combine(options.Keys, "tls.pem"), Path.Combine(options.Keys, "tls.key"));
        if (File.Exists(certificate) && File.Exists(key) && Load(certificate, key) is var kept)
        {
            if (kept.NotAfter.ToUniversalTime() - TimeProvider.System.GetUtcNow().UtcDateTime > Renewed)
                return kept;
            kept.Dispose();
        }

        Make(certificate, key, address);
        return Load(certificate, key);
    }

    /// <summary>SHA-256 over the certificate, as browsers and <c>openssl x509 -fingerprint -sha256</c> show it.</summary>
    public static string Fingerprint(X509Certificate2 certificate) =>
        "SHA256:" + string.Join(':', SHA256.HashData(certificate.RawData).Select(b => b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));

    private static X509Certificate2 Load(string certificate, string key)
    {
        try
        {
            if ((File.GetUnixFileMode(key) & (UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) is not UnixFileMode.None)
                throw new ProblemException(SecurityProblems.BadCertificate(key, "can be read or written by others"));
            return X509Certificate2.CreateFromPemFile(certificate, key);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(SecurityProblems.BadCertificate(certificate, $"or its key cannot be used ({e.Message.TrimEnd('.')})"), e);
        }
    }

    private static void Make(string certificate, string key, IPAddress address)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Environment.MachineName}", pair, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Environment.MachineName);
        names.AddDnsName("localhost");
        foreach (var own in Own(address).Distinct())
            names.AddIpAddress(own);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now - TimeSpan.FromHours(1), now + Lifetime);

        Directory.CreateDirectory(Path.GetDirectoryName(key)!, Private | UnixFileMode.UserExecute);
        Write(key, pair.ExportPkcs8PrivateKeyPem());
        Write(certificate, made.ExportCertificatePem());
    }

    private static IEnumerable<IPAddress> Own(IPAddress address)
    {
        yield return IPAddress.Loopback;
        yield return IPAddress.IPv6Loopback;
        if (!address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any))
            yield return address;
        else
        {
            foreach (var own in NetworkInterface.GetAllNetworkInterfaces().SelectMany(n => n.GetIPProperties().UnicastAddresses).Select(a => a.Address).Where(a => a.ScopeIdOrZero() is 0))
                yield return own;
        }
    }

    private static void Write(string file, string pem)
    {
        var beside = file + ".new";
        File.Delete(beside);
        using (var stream = new FileStream(beside, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Private }))
        using (var writer = new StreamWriter(stream))
            writer.Write(pem);
        File.Move(beside, file, overwrite: true);
    }
}
