using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Davit.ControlPlane.Content;

/// <summary>A tree of the content store in one compressed file (tar in gzip, RFC 1952), apart from where it is served.</summary>
internal static class TreePack
{
    private const string Directory = "d/";
    private const string SingleFile = "f";

    /// <summary>The first entry.</summary>
    private const string Sum = "sum";

    /// <param name="source">A file or directory; links and special files are left out, as in the store.</param>
    /// <param name="target">Appears whole or not at all.</param>
    /// <param name="sum">The hash of its files, kept with them.</param>
    public static void Write(string source, string target, string sum)
    {
        var beside = $"{target}.{Path.GetRandomFileName()}";
        using (var file = new FileStream(beside, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
        {
            using (var packed = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
            using (var tar = new TarWriter(packed, TarEntryFormat.Pax, leaveOpen: true))
            {
                using var hash = new MemoryStream(Encoding.ASCII.GetBytes(sum));
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, Sum) { DataStream = hash });
                foreach (var name in ContentStore.FilesOf(source))
                    Add(tar, name is "" ? source : Path.Combine(source, name), name is "" ? SingleFile : Directory + name);
            }

            file.Flush(flushToDisk: true);
        }

        File.Move(beside, target, overwrite: true);
    }

    /// <summary>
    /// File by file and in place, because instances that mount the directory would not see another one under its name. What
    /// is as it should be is not touched.
    /// </summary>
    public static void Restore(string pack, string target, CancellationToken ct)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        using var file = File.OpenRead(pack);
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        using var tar = new TarReader(unpacked);
        tar.GetNextEntry();
        while (tar.GetNextEntry() is { } entry)
        {
            ct.ThrowIfCancellationRequested();
            var isSingle = entry.Name is SingleFile;
            var path = isSingle ? target : Path.Combine(target, entry.Name[Directory.Length..]);
            names.Add(path);
            PutBack(entry, path, $"{target}.{Path.GetRandomFileName()}", isSingle);
        }

        if (names.Contains(target))
            return;
        ClearWay(target);
        System.IO.Directory.CreateDirectory(target, ContentStore.Searchable);
        foreach (var stranger in new DirectoryInfo(target).EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }).ToList())
        {
            if (stranger.LinkTarget is not null || (stranger is FileInfo && !names.Contains(stranger.FullName)))
                stranger.Delete();
        }
    }

    public static string SumOf(string pack)
    {
        using var file = File.OpenRead(pack);
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        using var tar = new TarReader(unpacked);
        using var text = new StreamReader(tar.GetNextEntry()?.DataStream ?? throw new InvalidDataException($"{pack} is empty"), Encoding.ASCII);
        return text.ReadToEnd();
    }

    private static void Add(TarWriter tar, string path, string name)
    {
        using var content = File.OpenRead(path);
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content, Mode = File.GetUnixFileMode(path) });
    }

    private static void PutBack(TarEntry entry, string path, string beside, bool isSingle)
    {
        // The store knows two modes; whatever the source had, the tree got one of them.
        var mode = entry.Mode.HasFlag(UnixFileMode.UserExecute) ? ContentStore.Searchable : ContentStore.Readable;
        using (var written = new FileStream(beside, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode }))
            entry.DataStream?.CopyTo(written);
        File.SetUnixFileMode(beside, mode);
        try
        {
            if (IsSame(beside, path))
                File.SetUnixFileMode(path, mode);
            else if (isSingle && File.Exists(path) && new FileInfo(path).LinkTarget is null)
                Overwrite(beside, path, mode);
            else
                Move(beside, path);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>A file that is mounted by itself is only seen there when it is the same one on disk.</summary>
    private static void Overwrite(string from, string to, UnixFileMode mode)
    {
        using (var source = File.OpenRead(from))
        using (var target = new FileStream(to, FileMode.Open, FileAccess.Write))
        {
            target.SetLength(0);
            source.CopyTo(target);
        }

        File.SetUnixFileMode(to, mode);
    }

    private static void Move(string from, string to)
    {
        for (var parent = Path.GetDirectoryName(to)!; !System.IO.Directory.Exists(parent); parent = Path.GetDirectoryName(parent)!)
            ClearWay(parent);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(to)!, ContentStore.Searchable);
        if (System.IO.Directory.Exists(to) && new DirectoryInfo(to).LinkTarget is null)
            System.IO.Directory.Delete(to, recursive: true);
        File.Move(from, to, overwrite: true);
    }

    /// <summary>Whatever stands where a directory belongs.</summary>
    private static void ClearWay(string directory)
    {
        if (File.Exists(directory) || new FileInfo(directory).LinkTarget is not null)
            File.Delete(directory);
    }

    private static bool IsSame(string one, string other)
    {
        if (!File.Exists(other) || new FileInfo(other).LinkTarget is not null || new FileInfo(one).Length != new FileInfo(other).Length)
            return false;
        using var left = File.OpenRead(one);
        using var right = File.OpenRead(other);
        var (first, second) = (new byte[81920], new byte[81920]);
        while (left.ReadAtLeast(first, first.Length, throwOnEndOfStream: false) is > 0 and var count)
        {
            if (right.ReadAtLeast(second.AsSpan(0, count), count, throwOnEndOfStream: false) != count || !first.AsSpan(0, count).SequenceEqual(second.AsSpan(0, count)))
                return false;
        }

        return true;
    }
}
