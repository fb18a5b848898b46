using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Davit.Edge.Control;
using Davit.Model;

namespace Davit.Edge.Tls;

/// <summary>Uploaded certificates: checked when they come, kept in files that only the edge can read.</summary>
internal sealed partial class CertificateStore(string directory, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, StoredCertificate> _byName = new(StringComparer.Ordinal);

    public StoredCertificate? Find(string name) => _byName.GetValueOrDefault(name);

    public IEnumerable<CertificateStatus> List() => _byName.Values.OrderBy(c => c.Status.Name, StringComparer.Ordinal).Select(c => c.Status);

    /// <summary>Reads what earlier runs stored; a file that cannot be used is left alone and named.</summary>
    public IEnumerable<string> Load()
    {
        foreach (var path in Directory.Exists(directory) ? Directory.GetFiles(directory, "*.pem") : [])
        {
            var name = Path.GetFileNameWithoutExtension(path);
            string? fault = null;
            try
            {
                var pem = File.ReadAllText(path);
                _byName[name] = Make(name, new CertificateUpload(pem, pem), checkDates: false);
            }
            catch (Exception e) when (e is IOException or ProblemException or UnauthorizedAccessException)
            {
                fault = $"certificate {name}: {e.Message}";
            }

            if (fault is not null)
                yield return fault;
        }
    }

    /// <exception cref="ProblemException">DV5008, with the reason.</exception>
    public CertificateStatus Put(string name, CertificateUpload upload)
    {
        if (!NameForm().IsMatch(name))
            throw Refuse(name, "its name may have 1 to 100 letters, digits, dots, dashes and underscores");

        var stored = Make(name, upload, checkDates: true);
        PrivateFile.Write(Path.Combine(directory, name + ".pem"), upload.ChainPem.TrimEnd() + "\n" + upload.KeyPem.TrimEnd() + "\n");
        _byName[name] = stored;
        return stored.Status;
    }

    private StoredCertificate Make(string name, CertificateUpload upload, bool checkDates)
    {
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(upload.ChainPem);
            if (chain.Count is 0)
                throw Refuse(name, "the text holds no certificate");

            var leaf = X509Certificate2.CreateFromPem(upload.ChainPem, upload.KeyPem);
            Check(name, leaf, chain, checkDates);
            chain.RemoveAt(0);
            var hosts = Hosts(leaf);
            var status = new CertificateStatus(name, [.. hosts], leaf.Issuer, new DateTimeOffset(leaf.NotBefore.ToUniversalTime()), new DateTimeOffset(leaf.NotAfter.ToUniversalTime()), leaf.Thumbprint, IsLocal: false);
            return new StoredCertificate(status, SslStreamCertificateContext.Create(leaf, chain, offline: true));
        }
        catch (CryptographicException)
        {
            throw Refuse(name, "it is not PEM, or the key does not belong to the first certificate");
        }
    }

    private void Check(string name, X509Certificate2 leaf, X509Certificate2Collection chain, bool checkDates)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (checkDates && leaf.NotAfter.ToUniversalTime() <= now)
            throw Refuse(name, $"it ended at {leaf.NotAfter.ToUniversalTime():u}");

        if (checkDates && leaf.NotBefore.ToUniversalTime() > now)
            throw Refuse(name, $"it begins only at {leaf.NotBefore.ToUniversalTime():u}");

        if (!Hosts(leaf).Any())
            throw Refuse(name, "it names no host in its subject alternative names");

        using var rsa = leaf.GetRSAPublicKey();
        using var ec = leaf.GetECDsaPublicKey();
        if (rsa?.KeySize < 2048 || ec?.KeySize < 256)
            throw Refuse(name, "its key is too small: RSA needs 2048 bits, elliptic curves 256");

        for (var i = 1; i < chain.Count; i++)
        {
            if (!chain[i - 1].IssuerName.RawData.AsSpan().SequenceEqual(chain[i].SubjectName.RawData))
                throw Refuse(name, $"certificate {i + 1} of the chain did not issue certificate {i}");
        }
    }

    private static IEnumerable<string> Hosts(X509Certificate2 leaf) => leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>()
        .SelectMany(e => e.EnumerateDnsNames().Concat(e.EnumerateIPAddresses().Select(a => a.ToString())));

    private static ProblemException Refuse(string name, string why) => new(EdgeProblems.BadCertificate(name, why));

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex NameForm();
}

/// <summary>A certificate ready for handshakes.</summary>
internal sealed record StoredCertificate(CertificateStatus Status, SslStreamCertificateContext Context);
