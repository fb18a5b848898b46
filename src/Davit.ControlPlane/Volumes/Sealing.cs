using System.Security.Cryptography;
using System.Text;

namespace Davit.ControlPlane.Volumes;

/// <summary>
/// Bytes as they lie in a target: the id of the key, a random nonce, the tag, the ciphertext of AES-256-GCM. What the bytes are
/// and where they belong is additional data, so bytes of another place, volume or backup do not open.
/// </summary>
internal sealed class Sealing(BackupKey key)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public const int Overhead = BackupKey.IdBytes + NonceBytes + TagBytes;

    public byte[] Seal(ReadOnlySpan<byte> plain, string belongs)
    {
        var whole = new byte[Overhead + plain.Length];
        var nonce = whole.AsSpan(BackupKey.IdBytes, NonceBytes);
        key.Id.CopyTo(whole, 0);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key.Seal, TagBytes);
        aes.Encrypt(nonce, plain, whole.AsSpan(Overhead), whole.AsSpan(BackupKey.IdBytes + NonceBytes, TagBytes), Encoding.UTF8.GetBytes(belongs));
        return whole;
    }

    /// <summary>Whether the bytes were encrypted with our key, whatever became of them since.</summary>
    public bool IsOurs(ReadOnlySpan<byte> whole) => whole.Length >= Overhead && whole[..BackupKey.IdBytes].SequenceEqual(key.Id);

    /// <returns>Null when they are not what was sealed there.</returns>
    public byte[]? Open(ReadOnlySpan<byte> whole, string belongs)
    {
        if (!IsOurs(whole))
            return null;
        var plain = new byte[whole.Length - Overhead];
        using var aes = new AesGcm(key.Seal, TagBytes);
        try
        {
            aes.Decrypt(whole.Slice(BackupKey.IdBytes, NonceBytes), whole[Overhead..], whole.Slice(BackupKey.IdBytes + NonceBytes, TagBytes), plain, Encoding.UTF8.GetBytes(belongs));
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>The same for equal content of the same volume, so that it is found and not sent again.</summary>
    public string NameOf(string volume, ReadOnlySpan<byte> plain) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key.Name, (byte[])[.. Encoding.UTF8.GetBytes($"{volume}\0"), .. SHA256.HashData(plain)]));
}
