using System.Security.Cryptography;
using System.Text;

namespace Davit.ControlPlane.Keys;

/// <summary>AES-256-GCM with a random nonce: nonce, tag, ciphertext. What the bytes belong to is additional data.</summary>
internal static class Sealed
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public const int Overhead = NonceBytes + TagBytes;

    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, string belongs)
    {
        var whole = new byte[Overhead + plain.Length];
        RandomNumberGenerator.Fill(whole.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(whole.AsSpan(0, NonceBytes), plain, whole.AsSpan(Overhead), whole.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(belongs));
        return whole;
    }

    /// <returns>Null when they are not what was sealed there.</returns>
    public static byte[]? Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> whole, string belongs)
    {
        if (whole.Length < Overhead)
            return null;
        var plain = new byte[whole.Length - Overhead];
        using var aes = new AesGcm(key, TagBytes);
        try
        {
            aes.Decrypt(whole[..NonceBytes], whole[Overhead..], whole.Slice(NonceBytes, TagBytes), plain, Encoding.UTF8.GetBytes(belongs));
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
