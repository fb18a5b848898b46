using System.Buffers;
using System.Security.Cryptography;
using Davit.ControlPlane.Hosting;
using Davit.Model;

namespace Davit.ControlPlane.Content;

/// <summary>
/// Files and directories by the hash of what is in them. Written beside and renamed, never changed afterwards; adding the
/// same content again finds it.
/// </summary>
internal sealed class ContentStore(ServerOptions options)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    internal const UnixFileMode Readable = Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    internal const UnixFileMode Searchable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    public string Blobs => Path.Combine(options.Data, "blobs");

    /// <summary>Directories below it are named by the 64 digits of their hash.</summary>
    public string Trees => options.Content;

    /// <summary>A packed copy of every tree, from which one that was damaged is restored.</summary>
    public string Packs => Path.Combine(options.Data, "packs");

    public bool HasPack(string digest) => File.Exists(Path.Combine(Packs, Digits(digest)));

    /// <summary>What <see cref="HashFilesAsync"/> says of the tree as long as nobody changed it; null where there is no packed copy to know it from.</summary>
    public string? SumOf(string digest) => HasPack(digest) ? TreePack.SumOf(Path.Combine(Packs, Digits(digest))) : null;

    /// <summary>Inverse of what paths below <see cref="Trees"/> are named by; null for all others.</summary>
    public string? DigestAt(string path) => Path.GetDirectoryName(path) == Trees ? $"sha256:{Path.GetFileName(path)}" : null;

    public string TreePath(string digest) => Path.Combine(Trees, Digits(digest));

    /// <returns>The digest of the bytes.</returns>
    public async Task<string> AddBlobAsync(byte[] bytes, CancellationToken ct)
    {
        var digest = CanonicalJson.HashOf(bytes);
        await AddBlobAsync(digest, bytes, ct);
        return digest;
    }

    /// <summary>For bytes that are not the same every time, such as sealed ones: what they are of has one digest all the same.</summary>
    public async Task AddBlobAsync(string digest, byte[] bytes, CancellationToken ct)
    {
        var path = Path.Combine(Blobs, Digits(digest));
        if (File.Exists(path))
            return;

        Directory.CreateDirectory(Blobs, Private | UnixFileMode.UserExecute);
        var beside = $"{path}.{Path.GetRandomFileName()}";
        await using (var file = new FileStream(beside, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Private }))
        {
            await file.WriteAsync(bytes, ct);
            await file.FlushAsync(ct);
            RandomAccess.FlushToDisk(file.SafeFileHandle);
        }

        File.Move(beside, path, overwrite: true);
    }

    public byte[] ReadBlob(string digest) => File.ReadAllBytes(Path.Combine(Blobs, Digits(digest)));

    /// <summary>Copies a file or directory of a source into the store. Links are not followed and not copied.</summary>
    /// <param name="digest">Over names, modes and bytes. A single file becomes a tree of itself.</param>
    /// <returns>Whether it was not there yet.</returns>
    public async Task<bool> AddTreeAsync(string source, string digest, CancellationToken ct)
    {
        var target = TreePath(digest);
        Directory.CreateDirectory(Packs, Private | UnixFileMode.UserExecute);
        if (!HasPack(digest))
            TreePack.Write(source, Path.Combine(Packs, Digits(digest)), await HashFilesAsync(source, ct));
        if (Path.Exists(target))
            return false;

        Directory.CreateDirectory(Trees, Searchable);
        var beside = $"{target}.{Path.GetRandomFileName()}";
        Copy(source, beside);
        if (File.Exists(beside))
            File.Move(beside, target);
        else
            Directory.Move(beside, target);
        return true;
    }

    /// <summary>Puts every file back that is not as it was added, and takes away what was not there.</summary>
    public void RestoreTree(string digest, CancellationToken ct) => TreePack.Restore(Path.Combine(Packs, Digits(digest)), TreePath(digest), ct);

    /// <summary>The files of a source in ordinal order, relative with slashes, links and special files left out.</summary>
    public static IEnumerable<string> FilesOf(string root) => File.Exists(root)
        ? [""]
        : Directory.EnumerateFiles(root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false })
            .Select(f => Path.GetRelativePath(root, f).Replace(Path.DirectorySeparatorChar, '/'))
            .Order(StringComparer.Ordinal);

    /// <summary>Links are part of what a source is, although they are not copied out of it.</summary>
    private static IEnumerable<(string Name, string To)> LinksOf(string root) => File.Exists(root)
        ? []
        : new DirectoryInfo(root).EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false })
            .Where(f => f.LinkTarget is not null)
            .Select(f => (Name: Path.GetRelativePath(root, f.FullName), To: f.LinkTarget!))
            .OrderBy(l => l.Name, StringComparer.Ordinal);

    public static async Task<string> HashAsync(string source, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await AppendFilesAsync(hash, source, ct);
        foreach (var (name, to) in LinksOf(source))
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{name}\0l\0{to}\0"));
        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Of what the store takes of a source, and so the same before and after: names, modes and bytes of its files.</summary>
    public static async Task<string> HashFilesAsync(string source, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await AppendFilesAsync(hash, source, ct);
        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async Task AppendFilesAsync(IncrementalHash hash, string source, CancellationToken ct)
    {
        foreach (var name in FilesOf(source))
        {
            var path = name is "" ? source : Path.Combine(source, name);
            var executable = File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute);
            await using var file = File.OpenRead(path);
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{name}\0{(executable ? 'x' : '-')}\0"));
            hash.AppendData(await SHA256.HashDataAsync(file, ct));
        }
    }

    private static void Copy(string source, string target)
    {
        foreach (var name in FilesOf(source))
        {
            var (from, to) = name is "" ? (source, target) : (Path.Combine(source, name), Path.Combine(target, name));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!, Searchable);
            File.Copy(from, to);
            File.SetUnixFileMode(to, File.GetUnixFileMode(from).HasFlag(UnixFileMode.UserExecute) ? Searchable : Readable);
        }

        if (!Path.Exists(target))
            Directory.CreateDirectory(target, Searchable);
    }

    private static string Digits(string digest) => digest.StartsWith("sha256:", StringComparison.Ordinal) && digest.Length is 71 && !digest.AsSpan(7).ContainsAnyExcept(Hexadecimal)
        ? digest[7..]
        : throw new ArgumentException($"'{digest}' is not a digest", nameof(digest));
}
