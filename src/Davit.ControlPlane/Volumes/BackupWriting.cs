using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using Davit.Model;

namespace Davit.ControlPlane.Volumes;

/// <summary>Writes the content of a volume as a backup. Chunks first, the index last: a kill at any point leaves a target in which every index is whole.</summary>
internal sealed class BackupWriting(IBackupTarget target, Sealing sealing, BackupPlace place)
{
    private readonly byte[] _buffer = new byte[BackupIndex.ChunkBytes];
    private Dictionary<string, long> _there = new(StringComparer.Ordinal);

    /// <summary>How many bytes had to be sent; what an earlier backup has sent is not sent again.</summary>
    public long Sent { get; private set; }

    /// <param name="draft">The index without its files.</param>
    /// <returns>The index, which is not in the target yet.</returns>
    /// <exception cref="ProblemException">DV6004, DV6008 or DV6010; what was there before is as it was.</exception>
    public async Task<BackupIndex> SendAsync(Stream tar, BackupIndex draft, CancellationToken ct)
    {
        _there = (await target.ListAsync(place.Chunks, ct)).ToDictionary(StringComparer.Ordinal);
        var files = new List<BackupFile>();
        await foreach (var (file, content) in VolumeTar.ReadAsync(tar, place.Volume, ct))
            files.Add(file.Type is TarEntryType.RegularFile ? await SendAsync(file, content, ct) : file);
        return files.Any(f => f.Path is not "" && f.Type is not TarEntryType.Directory) ? draft with { Files = [.. files] } : throw new ProblemException(VolumeProblems.Empty(place.Volume));
    }

    /// <summary>Makes it a backup: it counts once its index was read back and everything that the index names is there in its size.</summary>
    /// <exception cref="ProblemException">DV6003 or DV6004.</exception>
    public async Task FinishAsync(BackupIndex index, CancellationToken ct)
    {
        await target.PutAsync(place.Index(index.Id), sealing.Seal(JsonSerializer.SerializeToUtf8Bytes(index, DavitJson.Options), place.SealOfIndex(index.Id)), ct);
        var back = await new BackupReading(target, sealing, place).IndexAsync(index.Id, ct);
        if (back != index)
            throw new ProblemException(VolumeProblems.Damaged(index.Id.ToString(), "the index that was read back is not the one that was written"));
        var there = await target.ListAsync(place.Chunks, ct);
        foreach (var file in back.Files)
        {
            for (var i = 0; i < file.Chunks.Count; i++)
            {
                if (there.GetValueOrDefault(file.Chunks[i]) != file.SizeOf(i) + Sealing.Overhead)
                    throw new ProblemException(VolumeProblems.Damaged(index.Id.ToString(), $"chunk {i + 1} of '{file.Path}' is not there in its size"));
            }
        }
    }

    private async Task<BackupFile> SendAsync(BackupFile file, Stream content, CancellationToken ct)
    {
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chunks = new List<string>();
        for (var left = file.Bytes; left > 0; left -= BackupIndex.ChunkBytes)
        {
            var part = _buffer.AsMemory(0, (int)Math.Min(left, BackupIndex.ChunkBytes));
            try
            {
                await content.ReadExactlyAsync(part, ct);
            }
            catch (EndOfStreamException e)
            {
                throw VolumeTar.Broken(place.Volume, $"'{file.Path}' became shorter while it was read", e);
            }

            whole.AppendData(part.Span);
            chunks.Add(await SendAsync(part, ct));
        }

        return file with { Sha256 = Convert.ToHexStringLower(whole.GetHashAndReset()), Chunks = [.. chunks] };
    }

    private async Task<string> SendAsync(ReadOnlyMemory<byte> plain, CancellationToken ct)
    {
        var name = sealing.NameOf(place.Volume, plain.Span);
        if (_there.GetValueOrDefault(name) == plain.Length + Sealing.Overhead)
            return name;
        var bytes = sealing.Seal(plain.Span, place.SealOfChunk(name));
        await target.PutAsync(place.Chunk(name), bytes, ct);
        (_there[name], Sent) = (bytes.Length, Sent + bytes.Length);
        return name;
    }
}
