using System.Formats.Tar;
using System.IO.Compression;
using Davit.Model;

namespace Davit.ControlPlane.Sourcing;

/// <param name="Files">Regular files unpacked.</param>
/// <param name="Bytes">Their size together.</param>
internal sealed record Unpacked(int Files, long Bytes);

/// <summary>
/// Unpacks a tar (plain or gzip) that somebody sent. Only regular files and directories inside the target are made: an
/// absolute path, <c>..</c>, a link that leads out, a device or too much of anything refuses the whole archive.
/// </summary>
internal static class SourceArchive
{
    public const int MaxFiles = 50_000;
    public const long MaxBytes = 2L << 30;
    private const int MaxPath = 1024;

    /// <exception cref="ProblemException">DV5901; the caller removes the target.</exception>
    public static async Task<Unpacked> UnpackAsync(Stream archive, string target, CancellationToken ct)
    {
        Directory.CreateDirectory(target);
        var buffered = new BufferedStream(archive, 1 << 16);
        var first = new byte[2];
        var read = await buffered.ReadAtLeastAsync(first, 2, throwOnEndOfStream: false, ct);
        await using var joined = new PrefixedStream(first.AsMemory(0, read), buffered);
        await using var tar = first is [0x1f, 0x8b] ? new GZipStream(joined, CompressionMode.Decompress) : (Stream)joined;
        try
        {
            await using var measured = new MeasuredTar(tar);
            return await UnpackEntriesAsync(measured, target, ct);
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or EndOfStreamException)
        {
            throw new ProblemException(SourceProblems.BadArchive("it is not a complete tar archive"), e);
        }
    }

    private static async Task<Unpacked> UnpackEntriesAsync(MeasuredTar tar, string target, CancellationToken ct)
    {
        await using var reader = new TarReader(tar);
        var (files, entries, bytes) = (0, 0, 0L);
        while (await NextAsync(tar, reader, ct) is { } entry)
        {
            if (++entries > MaxFiles * 2)
                throw Refuse($"it has more than {MaxFiles * 2} entries");
            var path = PathOf(entry, target);
            switch (entry.EntryType)
            {
                case TarEntryType.Directory:
                    RefuseLinkedParent(path, target);
                    Make(entry, () => Directory.CreateDirectory(path));
                    break;
                case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                    bytes += entry.Length;
                    if (++files > MaxFiles || bytes > MaxBytes)
                        throw Refuse($"it holds more than {MaxFiles} files or {MaxBytes >> 20} MiB");
                    await WriteAsync(entry, path, target, ct);
                    break;
                case TarEntryType.SymbolicLink:
                    Link(entry, path, target);
                    break;
                case TarEntryType.GlobalExtendedAttributes:
                    break;
                default:
                    throw Refuse($"'{Shorten(entry.Name)}' is a {entry.EntryType}, which is never unpacked");
            }
        }

        return new(files, bytes);
    }

    private static async Task<TarEntry?> NextAsync(MeasuredTar tar, TarReader reader, CancellationToken ct)
    {
        tar.IsBetweenEntries = true;
        try
        {
            return await reader.GetNextEntryAsync(copyData: false, ct);
        }
        catch (Exception e) when (e is NotSupportedException or OverflowException or ArgumentException)
        {
            // What the reader throws at numbers that cannot be and at kinds it does not know, beside what it says it does.
            throw new ProblemException(SourceProblems.BadArchive("it has an entry of an unknown kind or with impossible numbers"), e);
        }
        finally
        {
            tar.IsBetweenEntries = false;
        }
    }

    private static string PathOf(TarEntry entry, string target)
    {
        if (entry.EntryType is TarEntryType.GlobalExtendedAttributes)
            return target;
        var name = entry.Name;
        if (name.Length > MaxPath || name.StartsWith('/') || name.Contains('\0', StringComparison.Ordinal) || name.Split('/').Contains("..", StringComparer.Ordinal))
            throw Refuse($"'{Shorten(name)}' leads out of the source");
        return Path.GetFullPath(Path.Combine(target, name));
    }

    private static async Task WriteAsync(TarEntry entry, string path, string target, CancellationToken ct)
    {
        RefuseLinkedParent(path, target);
        RefuseSecond(path, target);
        await using var file = Make(entry, () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | (entry.Mode & UnixFileMode.UserExecute),
            });
        });
        if (entry.DataStream is { } data)
            await data.CopyToAsync(file, ct);
    }

    /// <summary>A link inside the source stays a link; one that leads out is refused.</summary>
    private static void Link(TarEntry entry, string path, string target)
    {
        RefuseLinkedParent(path, target);
        RefuseSecond(path, target);
        if (entry.LinkName is "" || entry.LinkName.Contains('\0', StringComparison.Ordinal))
            throw Refuse($"the link '{Shorten(entry.Name)}' leads nowhere");
        var leadsTo = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, entry.LinkName));

        // ".." behind a name is refused: when the name is a link itself, the way it leads cannot be read off the text.
        var climbs = entry.LinkName.Split('/').SkipWhile(s => s is ".." or "." or "").Contains("..", StringComparer.Ordinal);
        if (climbs || entry.LinkName.StartsWith('/') || !leadsTo.StartsWith(target + "/", StringComparison.Ordinal))
            throw Refuse($"the link '{Shorten(entry.Name)}' leads out of the source");
        Make(entry, () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return File.CreateSymbolicLink(path, entry.LinkName);
        });
    }

    /// <summary>A file below a link that an earlier entry made would be written wherever the link points.</summary>
    private static void RefuseLinkedParent(string path, string target)
    {
        for (var at = Path.GetDirectoryName(path)!; at.Length > target.Length; at = Path.GetDirectoryName(at)!)
        {
            if (new FileInfo(at).LinkTarget is not null)
                throw Refuse($"'{Shorten(path[target.Length..])}' lies below a link");
        }
    }

    private static void RefuseSecond(string path, string target)
    {
        if (path == target || Path.Exists(path) || new FileInfo(path).LinkTarget is not null)
            throw Refuse($"'{Shorten(path[target.Length..])}' stands in it twice");
    }

    /// <summary>What the file system itself will not have (a file below a file, a name too long) is the archive's fault; a full disk is not.</summary>
    private static T Make<T>(TarEntry entry, Func<T> make)
    {
        const int noSpace = 28;
        try
        {
            return make();
        }
        catch (Exception e) when (e is UnauthorizedAccessException or ArgumentException || (e is IOException && (e.HResult & 0xffff) is not noSpace))
        {
            throw new ProblemException(SourceProblems.BadArchive($"'{Shorten(entry.Name)}' cannot be made: its name or place is not possible"), e);
        }
    }

    private static ProblemException Refuse(string why) => new(SourceProblems.BadArchive(why));

    private static string Shorten(string text) => text.Length <= 120 ? text : text[..120] + "…";
}
