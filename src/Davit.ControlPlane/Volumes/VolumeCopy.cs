using System.IO.Pipelines;
using Davit.ControlPlane.Content;
using Davit.Model;

namespace Davit.ControlPlane.Volumes;

/// <summary>Copies one volume into another. What was read is listed on the way, so that the source is read once and only for as long as copying takes.</summary>
internal static class VolumeCopy
{
    /// <returns>What was read; whoever asks compares it with what arrived.</returns>
    /// <exception cref="ProblemException">DV6008 when it could not be read whole.</exception>
    public static async Task<IReadOnlyList<BackupFile>> PourAsync(OpenVolume from, OpenVolume to, string volume, CancellationToken ct)
    {
        await using var tar = await from.ReadAsync(ct);
        var pipe = new Pipe();
        var listing = ListAsync();
        try
        {
            await using (var watched = new Watched(tar, pipe.Writer.AsStream()))
            {
                await to.WriteAsync(watched, ct);
                await watched.CopyToAsync(Stream.Null, ct);
            }

            return await listing;
        }
        finally
        {
            await ((Task)listing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task<IReadOnlyList<BackupFile>> ListAsync()
        {
            try
            {
                return await VolumeTar.ListAsync(pipe.Reader.AsStream(leaveOpen: true), volume, ct);
            }
            finally
            {
                await pipe.Reader.CompleteAsync();
            }
        }
    }

    /// <exception cref="ProblemException">DV6009 names the first difference.</exception>
    public static async Task CompareAsync(IEnumerable<BackupFile> wanted, OpenVolume found, string volume, CancellationToken ct)
    {
        await using var tar = await found.ReadAsync(ct);
        if (Comparison.Of(wanted, await VolumeTar.ListAsync(tar, volume, ct)) is { Length: > 0 } difference)
            throw new ProblemException(VolumeProblems.Differs(volume, difference));
    }

    /// <summary>Writes whatever is read from it to somebody who watches.</summary>
    private sealed class Watched(Stream inner, Stream watcher) : ReadingStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            await watcher.WriteAsync(buffer[..read], cancellationToken);
            return read;
        }

        public override async ValueTask DisposeAsync()
        {
            await watcher.DisposeAsync();
            await base.DisposeAsync();
        }
    }
}
