using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Davit.Model;

namespace Davit.ControlPlane.Keys;

/// <summary>One numbered master key: 32 random bytes in a file that only davitd's user may read.</summary>
/// <param name="Number">Grows with every rotation.</param>
internal sealed partial record MasterKeyFile(string Path, int Number, byte[] Bytes)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int Length = 32;
    private const int FewestDifferent = 12;

    /// <summary>The number, and what is derived from the key: another key under the same number has another id.</summary>
    public string Id { get; } = $"mk{Number}-{Convert.ToHexStringLower(HKDF.DeriveKey(HashAlgorithmName.SHA256, Bytes, 8, info: "davit master id"u8.ToArray()))}";

    /// <summary>Encrypts data keys; the bytes of the file are never used as a key themselves.</summary>
    public byte[] Wrapping { get; } = HKDF.DeriveKey(HashAlgorithmName.SHA256, Bytes, Length, info: "davit master wrap"u8.ToArray());

    /// <exception cref="ProblemException">DV7203.</exception>
    public static IReadOnlyList<MasterKeyFile> ReadAll(string directory) => !Directory.Exists(directory)
        ? []
        : [.. Directory.EnumerateFiles(directory).Select(f => (Path: f, Name: FileName().Match(System.IO.Path.GetFileName(f)))).Where(f => f.Name.Success)
            .Select(f => Read(f.Path, int.Parse(f.Name.Groups["number"].ValueSpan, CultureInfo.InvariantCulture))).OrderBy(k => k.Number)];

    /// <summary>Written beside and linked into place, so that of two who make the same number one fails.</summary>
    /// <returns>False when there is a key of that number.</returns>
    public static bool Make(string directory, int number)
    {
        Directory.CreateDirectory(directory, Private | UnixFileMode.UserExecute);
        var path = System.IO.Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"master-{number}.key"));
        var beside = $"{path}.{System.IO.Path.GetRandomFileName()}";
        using (var stream = new FileStream(beside, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Private }))
        {
            stream.Write(RandomNumberGenerator.GetBytes(Length));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(beside, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(beside);
            return false;
        }
    }

    public override string ToString() => Id;

    private static MasterKeyFile Read(string path, int number)
    {
        if ((File.GetUnixFileMode(path) & ~Private) is not UnixFileMode.None)
            throw new ProblemException(SecretProblems.KeyUnusable(path, "can be read by other users"));
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length is not Length)
            throw new ProblemException(SecretProblems.KeyUnusable(path, $"holds {bytes.Length} bytes instead of {Length}"));
        return WrittenByHand(bytes) ? throw new ProblemException(SecretProblems.KeyUnusable(path, "holds a key that was written by hand, or is printed in a manual")) : new(path, number, bytes);
    }

    /// <summary>Text, repetitions and series: what examples have for keys. Of random bytes fewer than one in 10^13 look so.</summary>
    private static bool WrittenByHand(byte[] bytes) => bytes.Distinct().Count() < FewestDifferent
        || bytes.All(b => b is >= 0x20 and < 0x7f or (byte)'\n' or (byte)'\r' or (byte)'\t')
        || bytes.Zip(bytes.Skip(1), (a, b) => (byte)(b - a)).Distinct().Count() is 1;

    [GeneratedRegex("^master-(?<number>[1-9][0-9]{0,8})\\.key\\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex FileName();
}
