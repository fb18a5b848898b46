using System.Collections.Concurrent;
using System.Formats.Tar;
using System.Security.Cryptography;
using Davit.ControlPlane.Volumes;
using Davit.Model;

namespace Davit.ControlPlane.Tests.Volumes;

/// <summary>A volume of a test's own as an archive, and its backups in a target.</summary>
internal sealed class Backed(IBackupTarget? place = null)
{
    public static readonly DateTimeOffset At = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public IBackupTarget Target { get; } = place ?? new MemoryTarget();

    /// <summary>Of a target in memory.</summary>
    public ConcurrentDictionary<string, byte[]> Objects => ((MemoryTarget)Target).Objects;

    public BackupPlace Place { get; } = new(InstallationId.From(Guid.CreateVersion7(At)), "shop-production-data-1");

    public Sealing Sealing { get; } = new(new BackupKey(RandomNumberGenerator.GetBytes(32)));

    public BackupReading Reading => new(Target, Sealing, Place);

    /// <summary>Content that no other chunk has.</summary>
    public static byte[] Noise(int bytes) => RandomNumberGenerator.GetBytes(bytes);

    public static TarEntry File(string name, byte[] bytes) => new PaxTarEntry(TarEntryType.RegularFile, $"davit-volume/{name}") { DataStream = new MemoryStream(bytes), Mode = (UnixFileMode)416, Uid = 70, Gid = 71, ModificationTime = At };

    public static byte[] Tar(params TarEntry[] entries)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Pax, leaveOpen: true))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "davit-volume/") { Mode = (UnixFileMode)448, Uid = 70, Gid = 70 });
            foreach (var entry in entries)
                tar.WriteEntry(entry);
        }

        return bytes.ToArray();
    }

    public async Task<(BackupIndex Index, long Sent)> BackUpAsync(byte[] tar, CancellationToken ct)
    {
        var writing = new BackupWriting(Target, Sealing, Place);
        var index = await writing.SendAsync(new MemoryStream(tar), new BackupIndex(Id.New<BackupId>(TimeProvider.System), Place.Volume, At, "stopped", []), ct);
        await writing.FinishAsync(index, ct);
        return (index, writing.Sent);
    }

    /// <summary>What a restore of it would unpack.</summary>
    public async Task<byte[]> RestoreAsync(BackupId id, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        await Reading.CopyAsync(await Reading.IndexAsync(id, ct), bytes, ct);
        return bytes.ToArray();
    }

    /// <summary>Every backup whose index can be found, each of which must be whole.</summary>
    public async Task<IReadOnlyList<BackupId>> WholeAsync(CancellationToken ct)
    {
        var ids = (await Target.ListAsync(Place.Indexes, ct)).Keys.Select(Id.Parse<BackupId>).ToList();
        foreach (var id in ids)
            await Reading.VerifyAsync(await Reading.IndexAsync(id, ct), ct);
        return ids;
    }
}
