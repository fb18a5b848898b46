using System.Collections.Immutable;
using System.Formats.Tar;
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.ControlPlane.Volumes;

/// <summary>What one backup consists of. It lies encrypted in the target and says everything that is needed to restore.</summary>
/// <param name="Volume">The runtime's name of the volume.</param>
internal sealed record BackupIndex(BackupId Id, string Volume, DateTimeOffset At, string Method, EquatableList<BackupFile> Files)
{
    public const int ChunkBytes = 4 << 20;

    public long Bytes => Files.Sum(f => f.Bytes);
}

/// <summary>One file, directory or link of a volume.</summary>
/// <param name="Path">Within the volume; "" is its own directory.</param>
internal sealed record BackupFile(string Path, TarEntryType Type)
{
    public int Mode { get; init; }

    public int Uid { get; init; }

    public int Gid { get; init; }

    public DateTimeOffset ModifiedAt { get; init; }

    public string Link { get; init; } = "";

    public int DeviceMajor { get; init; }

    public int DeviceMinor { get; init; }

    /// <summary>Extended attributes, as PAX records.</summary>
    public EquatableMap Attributes { get; init; }

    public long Bytes { get; init; }

    /// <summary>Of the content of a regular file.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Every chunk but the last is full.</summary>
    public EquatableList<string> Chunks { get; init; }

    public int SizeOf(int chunk) => (int)Math.Min(BackupIndex.ChunkBytes, Bytes - ((long)chunk * BackupIndex.ChunkBytes));

    /// <summary>Everything that a restore must bring back; when a directory was last changed is none of it.</summary>
    public bool IsSameAs(BackupFile other) => this with { Chunks = [], ModifiedAt = default } == other with { Chunks = [], ModifiedAt = default };
}

/// <summary>Where the parts of the backups of one volume lie in a target.</summary>
internal sealed record BackupPlace(InstallationId Installation, string Volume)
{
    public string Indexes => $"{Installation}/{Volume}/indexes";

    public string Chunks => $"{Installation}/{Volume}/chunks";

    public string Index(BackupId id) => $"{Indexes}/{id}";

    public string Chunk(string name) => $"{Chunks}/{name}";

    /// <summary>Damaged chunks, out of the way of the next backup.</summary>
    public string Aside(string name) => $"{Installation}/{Volume}/damaged/{name}";

    /// <summary>What is sealed with an index and with a chunk, so that neither opens in another place.</summary>
    public string SealOfIndex(BackupId id) => $"davit-backup-1 index {Volume} {id}";

    public string SealOfChunk(string name) => $"davit-backup-1 chunk {Volume} {name}";
}

/// <summary>Tells what a restore brought from what it should have brought.</summary>
internal static class Comparison
{
    /// <returns>The first difference; "" when there is none.</returns>
    public static string Of(IEnumerable<BackupFile> wanted, IEnumerable<BackupFile> found)
    {
        var there = found.ToImmutableDictionary(f => f.Path, StringComparer.Ordinal);
        var count = 0;
        foreach (var want in wanted)
        {
            count++;
            if (!there.TryGetValue(want.Path, out var have))
                return $"'{want.Path}' is missing";
            if (want.Sha256 != have.Sha256)
                return $"the content of '{want.Path}' is another";
            if (!want.IsSameAs(have))
                return $"'{want.Path}' has another owner, mode or kind";
        }

        return there.Count == count ? "" : $"{there.Count - count} more file(s) are there than were backed up";
    }
}
