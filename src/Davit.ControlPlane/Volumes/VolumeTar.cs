using System.Formats.Tar;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Davit.ControlPlane.Content;
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.ControlPlane.Volumes;

/// <summary>The content of a volume as the archive of an instance that mounts it at <see cref="Mount"/>.</summary>
internal static class VolumeTar
{
    public const string Mount = "/davit-volume";

    private const string Root = "davit-volume";
    private const string Attribute = "SCHILY.xattr.";
    private const char Unreadable = '\uFFFD';

    /// <summary>One entry after the other; the content of each is to be read before the next is asked for.</summary>
    /// <exception cref="ProblemException">DV6008 when the archive is not whole.</exception>
    public static async IAsyncEnumerable<(BackupFile File, Stream Content)> ReadAsync(Stream tar, string volume, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var watched = new WatchedTar(tar);
        await using var reader = new TarReader(watched, leaveOpen: true);
        while (await NextAsync(reader, volume, ct) is { } entry)
            yield return (FileOf(entry, volume), entry.DataStream ?? Stream.Null);
        await watched.CopyToAsync(Stream.Null, ct);
        if (!watched.HasEnd)
            throw Broken(volume, "the archive ended before its end");
    }

    /// <summary>Everything that is in it, with the hashes of the contents and nothing kept.</summary>
    public static async Task<IReadOnlyList<BackupFile>> ListAsync(Stream tar, string volume, CancellationToken ct)
    {
        var files = new List<BackupFile>();
        await foreach (var (file, content) in ReadAsync(tar, volume, ct))
            files.Add(file.Type is TarEntryType.RegularFile ? file with { Sha256 = Convert.ToHexStringLower(await HashAsync(content, volume, ct)) } : file);
        return files;
    }

    public static PaxTarEntry Entry(BackupFile file, Stream content)
    {
        var entry = new PaxTarEntry(file.Type, file.Path is "" ? $"{Root}/" : $"{Root}/{file.Path}", file.Attributes.Entries)
        {
            Mode = (UnixFileMode)file.Mode, Uid = file.Uid, Gid = file.Gid, ModificationTime = file.ModifiedAt,
        };
        if (file.Type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
            entry.LinkName = file.Link;
        if (file.Type is TarEntryType.BlockDevice or TarEntryType.CharacterDevice)
            (entry.DeviceMajor, entry.DeviceMinor) = (file.DeviceMajor, file.DeviceMinor);
        if (file.Type is TarEntryType.RegularFile)
            entry.DataStream = content;
        return entry;
    }

    public static ProblemException Broken(string volume, string why, Exception? cause = null) => new(VolumeProblems.Unreadable(volume, why), cause);

    private static BackupFile FileOf(TarEntry entry, string volume)
    {
        var posix = entry as PosixTarEntry;
        var path = entry.Name.TrimEnd('/');
        if (path.Contains(Unreadable, StringComparison.Ordinal) || entry.LinkName.Contains(Unreadable, StringComparison.Ordinal))
            throw Broken(volume, $"the name of '{path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..]}' is not UTF-8");
        return new BackupFile(path.Length > Root.Length ? path[(Root.Length + 1)..] : "", entry.EntryType is TarEntryType.V7RegularFile ? TarEntryType.RegularFile : entry.EntryType)
        {
            Mode = (int)entry.Mode,
            Uid = entry.Uid,
            Gid = entry.Gid,
            ModifiedAt = entry.ModificationTime,
            Link = entry.LinkName,
            Bytes = entry.Length,
            DeviceMajor = posix?.DeviceMajor ?? 0,
            DeviceMinor = posix?.DeviceMinor ?? 0,
            Attributes = EquatableMap.From((entry as PaxTarEntry)?.ExtendedAttributes.Where(a => a.Key.StartsWith(Attribute, StringComparison.Ordinal)) ?? []),
        };
    }

    private static async Task<TarEntry?> NextAsync(TarReader reader, string volume, CancellationToken ct)
    {
        try
        {
            return await reader.GetNextEntryAsync(copyData: false, ct);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw Broken(volume, $"the archive broke off ({e.Message})", e);
        }
    }

    private static async Task<byte[]> HashAsync(Stream content, string volume, CancellationToken ct)
    {
        try
        {
            return await SHA256.HashDataAsync(content, ct);
        }
        catch (EndOfStreamException e)
        {
            throw Broken(volume, "a file ended before its end", e);
        }
    }

    /// <summary>Remembers whether the last kilobyte was empty, which is how an archive ends: one that is cut between two files looks whole to a reader.</summary>
    private sealed class WatchedTar(Stream inner) : ReadingStream
    {
        private const int End = 1024;

        private long _zeros;

        public bool HasEnd => _zeros >= End;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            var last = buffer.Span[..read].LastIndexOfAnyExcept((byte)0);
            _zeros = last < 0 ? _zeros + read : read - last - 1;
            return read;
        }
    }
}
