using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Davit.Planning.Instances;
using Davit.Planning.Rollouts;
using Davit.Planning.Wishes;

namespace Davit.ControlPlane.Content;

/// <summary>
/// Notices when files of a kept tree are not what was released. All of a tree is read at the first look and whenever a
/// name, size, time or mode in it has changed since the last one. Of a tree without a packed copy only its absence is noticed.
/// </summary>
internal sealed class TreeWatch(ContentStore content, TimeProvider clock)
{
    /// <summary>An environment that moves is looked at several times a second; its files are not.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Seen> _seen = new(StringComparer.Ordinal);

    public async Task<EquatableList<DamagedTree>> DamagedAsync(Wish wish, CancellationToken ct)
    {
        var damaged = new List<DamagedTree>();
        foreach (var (service, digest) in TreesOf(wish).DistinctBy(t => t.Digest, StringComparer.Ordinal))
        {
            if (await FindAsync(digest, ct) is { Length: > 0 } found)
                damaged.Add(new(digest, service, found, content.HasPack(digest)));
        }

        return [.. damaged];
    }

    private IEnumerable<(string Service, string Digest)> TreesOf(Wish wish) => wish.Services.SelectMany(s => s.Template.Mounts.Items.OfType<MountSpec.Bind>()
        .Select(b => content.DigestAt(b.Source)).Append(s.Static?.Tree).OfType<string>().Select(d => (s.Name, d)));

    /// <returns>"" when it is as it was released.</returns>
    private async Task<string> FindAsync(string digest, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (_seen.TryGetValue(digest, out var last) && last.Found is "" && now - last.At is var age && age >= TimeSpan.Zero && age < Between)
            return "";

        var path = content.TreePath(digest);
        if (!Path.Exists(path))
            return "missing";

        try
        {
            var stamp = Stamp(path);
            // The store keeps no links, so one that is there came from somebody else.
            var found = stamp is "" ? "changed" : last is not null && last.Stamp == stamp ? last.Found
                : content.SumOf(digest) is not { } sum || await ContentStore.HashFilesAsync(path, ct) == sum ? "" : "changed";
            _seen[digest] = new(stamp, found, now);
            return found;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It changes while it is read.
            return "changed";
        }
    }

    /// <returns>"" when there is a link in it.</returns>
    private static string Stamp(string root)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        FileSystemInfo[] entries = File.Exists(root) ? [new FileInfo(root)]
            : [.. new DirectoryInfo(root).EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }).OrderBy(f => f.FullName, StringComparer.Ordinal)];
        if (entries.Any(e => e.LinkTarget is not null))
            return "";
        foreach (var entry in entries)
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{entry.FullName}\0{(entry as FileInfo)?.Length}\0{entry.LastWriteTimeUtc.Ticks}\0{(int)entry.UnixFileMode}\0")));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed record Seen(string Stamp, string Found, DateTimeOffset At);
}
