using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using Davit.Model;

namespace Davit.ControlPlane.Volumes;

/// <summary>Reads backups and believes nothing.</summary>
internal sealed class BackupReading(IBackupTarget target, Sealing sealing, BackupPlace place)
{
    /// <summary>The chunk that was found not to be what was written.</summary>
    public string? DamagedChunk { get; private set; }

    /// <exception cref="ProblemException">DV6003 when it is missing, changed, or of another key.</exception>
    public async Task<BackupIndex> IndexAsync(BackupId id, CancellationToken ct)
    {
        var bytes = await target.GetAsync(place.Index(id), ct) ?? throw Damaged(id, "its index is missing");
        var plain = sealing.Open(bytes, place.SealOfIndex(id)) ?? throw Damaged(id, sealing.IsOurs(bytes) ? "its index was changed" : "its index was written with another key");
        return JsonSerializer.Deserialize<BackupIndex>(plain, DavitJson.Options)!;
    }

    /// <summary>Reads everything and keeps nothing.</summary>
    /// <exception cref="ProblemException">DV6003 names the first file and chunk that is not what was written.</exception>
    public async Task VerifyAsync(BackupIndex index, CancellationToken ct)
    {
        foreach (var file in index.Files)
        {
            using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            for (var i = 0; i < file.Chunks.Count; i++)
                whole.AppendData(await ChunkAsync(index.Id, file, i, ct));
            if (file.Type is TarEntryType.RegularFile && Convert.ToHexStringLower(whole.GetHashAndReset()) != file.Sha256)
                throw Damaged(index.Id, $"'{file.Path}' does not have the hash that was written");
        }
    }

    /// <summary>Writes the archive that the backup was made from.</summary>
    public async Task CopyAsync(BackupIndex index, Stream to, CancellationToken ct)
    {
        await using var tar = new TarWriter(to, TarEntryFormat.Pax, leaveOpen: true);
        foreach (var file in index.Files)
        {
            await using var content = new ChunkedContent(file.Bytes, (chunk, token) => ChunkAsync(index.Id, file, chunk, token));
            await tar.WriteEntryAsync(VolumeTar.Entry(file, content), ct);
        }
    }

    /// <summary>Puts a damaged chunk out of the way: the next backup would otherwise take it for the one it was.</summary>
    public async Task SetAsideAsync(string chunk, CancellationToken ct)
    {
        if (await target.GetAsync(place.Chunk(chunk), ct) is { } bytes)
            await target.PutAsync(place.Aside(chunk), bytes, ct);
        await target.DeleteAsync(place.Chunk(chunk), ct);
    }

    private async Task<byte[]> ChunkAsync(BackupId id, BackupFile file, int number, CancellationToken ct)
    {
        var (name, where) = (file.Chunks[number], $"chunk {number + 1} of '{file.Path}'");
        var bytes = await target.GetAsync(place.Chunk(name), ct) ?? throw Damaged(id, $"{where} is missing");
        if (sealing.Open(bytes, place.SealOfChunk(name)) is { } plain && plain.Length == file.SizeOf(number) && sealing.NameOf(place.Volume, plain) == name)
            return plain;
        DamagedChunk = name;
        throw Damaged(id, sealing.IsOurs(bytes) ? $"{where} was changed, or belongs elsewhere" : $"{where} was changed, or was written with another key");
    }

    private static ProblemException Damaged(BackupId id, string what) => new(VolumeProblems.Damaged(id.ToString(), what));

    /// <summary>The content of one file, of which one chunk at a time is in memory. It tells its length, so that an archive can be written without knowing the bytes.</summary>
    private sealed class ChunkedContent(long length, Func<int, CancellationToken, Task<byte[]>> chunk) : Stream
    {
        private ReadOnlyMemory<byte> _rest;
        private long _position;
        private int _next;

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_position == length || buffer.IsEmpty)
                return 0;
            if (_rest.IsEmpty)
                _rest = await chunk(_next++, cancellationToken);
            var read = Math.Min(buffer.Length, _rest.Length);
            _rest[..read].CopyTo(buffer);
            (_rest, _position) = (_rest[read..], _position + read);
            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
