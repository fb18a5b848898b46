using System.Security.Cryptography;
using System.Text;
using Davit.ControlPlane.Hosting;
using Davit.Model;

namespace Davit.ControlPlane.SignIn;

/// <summary>
/// The installation's key for what accounts keep that must be read again, such as the seeds of authenticators: 32 random bytes
/// in a file that only davitd's user may read. Sealed with AES-256-GCM; what it belongs to is bound to it.
/// </summary>
internal sealed class AccountKey(byte[] root)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int Length = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly byte[] _seal = HKDF.DeriveKey(HashAlgorithmName.SHA256, root, Length, info: "davit account seal"u8.ToArray());

    /// <summary>Makes digests of what may hold a password: without the key nobody can try passwords against them.</summary>
    public byte[] Digests { get; } = HKDF.DeriveKey(HashAlgorithmName.SHA256, root, Length, info: "davit account digests"u8.ToArray());

    /// <exception cref="ProblemException">DV4202 when the file cannot be used.</exception>
    public static AccountKey LoadOrMake(ServerOptions options)
    {
        var file = Path.Combine(options.Keys, "accounts.key");
        Directory.CreateDirectory(options.Keys, Private | UnixFileMode.UserExecute);
        if (!File.Exists(file))
            PrivateFile.Write(file, RandomNumberGenerator.GetBytes(Length));
        if ((File.GetUnixFileMode(file) & ~Private) is not UnixFileMode.None)
            throw new ProblemException(ServerProblems.UnusableKey(file, "can be read by other users"));
        var bytes = File.ReadAllBytes(file);
        return bytes.Length is Length ? new(bytes) : throw new ProblemException(ServerProblems.UnusableKey(file, $"holds {bytes.Length} bytes instead of {Length}"));
    }

    /// <param name="about">What it belongs to: sealed for one account it opens for no other.</param>
    public byte[] Seal(ReadOnlySpan<byte> content, string about)
    {
        var made = new byte[NonceLength + content.Length + TagLength];
        RandomNumberGenerator.Fill(made.AsSpan(0, NonceLength));
        using var cipher = new AesGcm(_seal, TagLength);
        cipher.Encrypt(made.AsSpan(0, NonceLength), content, made.AsSpan(NonceLength, content.Length), made.AsSpan(NonceLength + content.Length), Encoding.UTF8.GetBytes(about));
        return made;
    }

    /// <exception cref="CryptographicException">It was changed, sealed for something else, or with another key.</exception>
    public byte[] Open(ReadOnlySpan<byte> made, string about)
    {
        var content = new byte[made.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(_seal, TagLength);
        cipher.Decrypt(made[..NonceLength], made[NonceLength..^TagLength], made[^TagLength..], content, Encoding.UTF8.GetBytes(about));
        return content;
    }
}
