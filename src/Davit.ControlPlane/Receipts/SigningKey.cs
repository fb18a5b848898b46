using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Davit.ControlPlane.Hosting;
using Davit.Model;

namespace Davit.ControlPlane.Receipts;

/// <summary>
/// The installation's own key (ECDSA on P-256 with SHA-256, ES256 of RFC 7518), made at first start and kept in a file that
/// only davitd's user may read.
/// </summary>
internal sealed class SigningKey : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly ECDsa _key;

    private SigningKey(ECDsa key)
    {
        _key = key;
        PublicPem = key.ExportSubjectPublicKeyInfoPem();
        Id = "key_" + Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..32];
    }

    /// <summary>Derived from the public key, so a copy of the key has the same id.</summary>
    public string Id { get; }

    public string PublicPem { get; }

    /// <exception cref="ProblemException">DV4202 when the file cannot be used.</exception>
    public static SigningKey LoadOrMake(ServerOptions options)
    {
        var file = Path.Combine(options.Keys, "receipts.pem");
        Directory.CreateDirectory(options.Keys, Private | UnixFileMode.UserExecute);
        if (!File.Exists(file))
            Write(file);
        if ((File.GetUnixFileMode(file) & ~Private) is not UnixFileMode.None)
            throw new ProblemException(ServerProblems.UnusableKey(file, "can be read by other users"));

        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(file));
            return new(key);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new ProblemException(ServerProblems.UnusableKey(file, "holds no private key"), e);
        }
    }

    /// <returns>The signature in the fixed-size form of RFC 7515 appendix A.3, base64url.</returns>
    public string Sign(ReadOnlySpan<byte> bytes) =>
        System.Buffers.Text.Base64Url.EncodeToString(_key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));

    /// <returns>The signature in the form that <c>openssl dgst -verify</c> reads (RFC 3279).</returns>
    public byte[] SignFile(ReadOnlySpan<byte> bytes) => _key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    /// <summary>Adds the signature over the canonical JSON (RFC 8785) of all other members.</summary>
    public JsonObject Seal(JsonObject statement)
    {
        statement["signature"] = new JsonObject { ["alg"] = "ES256", ["key"] = Id, ["value"] = Sign(CanonicalJson.Bytes(statement)) };
        return statement;
    }

    /// <summary>Whether this key has sealed exactly this.</summary>
    public bool HasSealed(JsonObject statement)
    {
        var unsigned = statement.DeepClone().AsObject();
        if (unsigned["signature"]?["value"] is not JsonValue value || !value.TryGetValue<string>(out var signature) || !unsigned.Remove("signature") || !System.Buffers.Text.Base64Url.IsValid(signature))
            return false;
        return _key.VerifyData(CanonicalJson.Bytes(unsigned), System.Buffers.Text.Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    public void Dispose() => _key.Dispose();

    private static void Write(string file)
    {
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var beside = file + ".new";
        File.Delete(beside);
        using (var stream = new FileStream(beside, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Private }))
        using (var writer = new StreamWriter(stream))
            writer.Write(made.ExportPkcs8PrivateKeyPem());
        File.Move(beside, file);
    }
}
