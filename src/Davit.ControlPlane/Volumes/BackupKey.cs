using System.Security.Cryptography;
using Davit.ControlPlane.Hosting;
using Davit.Model;

namespace Davit.ControlPlane.Volumes;

/// <summary>The installation's key for backups, 32 random bytes in a file that only davitd's user may read. Without it no backup can be read.</summary>
/// <param name="root">Of it one key is derived for each purpose (RFC 5869).</param>
internal sealed class BackupKey(byte[] root)
{
    public const int IdBytes = 8;

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int Length = 32;

    /// <summary>Encrypts.</summary>
    public byte[] Seal { get; } = HKDF.DeriveKey(HashAlgorithmName.SHA256, root, Length, info: "davit backup seal"u8.ToArray());

    /// <summary>Makes names of chunks, so that whoever sees the target cannot tell what is in them.</summary>
    public byte[] Name { get; } = HKDF.DeriveKey(HashAlgorithmName.SHA256, root, Length, info: "davit backup name"u8.ToArray());

    /// <summary>Stands before everything that was encrypted with it, and tells nothing about it.</summary>
    public byte[] Id { get; } = HKDF.DeriveKey(HashAlgorithmName.SHA256, root, IdBytes, info: "davit backup id"u8.ToArray());

    /// <exception cref="ProblemException">DV4202 when the file cannot be used.</exception>
    public static BackupKey LoadOrMake(ServerOptions options)
    {
        var file = Path.Combine(options.Keys, "backup.key");
        Directory.CreateDirectory(options.Keys, Private | UnixFileMode.UserExecute);
        if (!File.Exists(file))
            Write(file);
        if ((File.GetUnixFileMode(file) & ~Private) is not UnixFileMode.None)
            throw new ProblemException(ServerProblems.UnusableBackupKey(file, "can be read by other users"));
        var bytes = File.ReadAllBytes(file);
        return bytes.Length is Length ? new(bytes) : throw new ProblemException(ServerProblems.UnusableBackupKey(file, $"holds {bytes.Length} bytes instead of {Length}"));
    }

    private static void Write(string file)
    {
        var beside = file + ".new";
        File.Delete(beside);
        using (var stream = new FileStream(beside, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Private }))
        {
            stream.Write(RandomNumberGenerator.GetBytes(Length));
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, file);
    }
}
