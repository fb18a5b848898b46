using System.Security.Cryptography;
using Davit.ControlPlane.Hosting;
using Davit.Model;

namespace Davit.ControlPlane.Volumes;

/// <summary>Where backups lie. Names are paths with slashes; what is put is there whole or not at all.</summary>
internal interface IBackupTarget
{
    /// <summary>For people.</summary>
    string Text { get; }

    /// <summary>Returns when it would outlive a power cut.</summary>
    Task PutAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken ct);

    /// <returns>Null when it is not there.</returns>
    Task<byte[]?> GetAsync(string name, CancellationToken ct);

    /// <returns>The last parts of the names right below, with their sizes.</returns>
    Task<IReadOnlyDictionary<string, long>> ListAsync(string directory, CancellationToken ct);

    /// <summary>Unknown is fine.</summary>
    Task DeleteAsync(string name, CancellationToken ct);
}

internal static class BackupTargets
{
    /// <exception cref="ProblemException">DV4201 when what the options name cannot be a place.</exception>
    public static IBackupTarget Of(ServerOptions options) => options.Backups switch
    {
        "" => new NoTarget(),
        var place when S3Place.Names(place) => new S3Target(S3Place.Parse(place), options.BackupsS3 is "" ? throw new ProblemException(ServerProblems.BadOption("--backups-s3", "", $"the file with endpoint, region and keys for {place}")) : options.BackupsS3),
        var place => new DirectoryTarget(place),
    };

    /// <summary>Writes, reads and deletes, as a backup would.</summary>
    /// <exception cref="ProblemException">DV6004, DV6005, DV6014 or DV6015.</exception>
    public static async Task TryAsync(this IBackupTarget target, CancellationToken ct)
    {
        var (name, bytes) = ($"probes/{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}", RandomNumberGenerator.GetBytes(64));
        await target.PutAsync(name, bytes, ct);
        var back = await target.GetAsync(name, ct);
        await target.DeleteAsync(name, ct);
        if (back is null || !back.AsSpan().SequenceEqual(bytes))
            throw new ProblemException(VolumeProblems.TargetFailed(target.Text, "what was written was not what was read back"));
    }
}

/// <summary>The operator has not said where.</summary>
internal sealed class NoTarget : IBackupTarget
{
    public string Text => "";

    public Task PutAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken ct) => throw Missing();

    public Task<byte[]?> GetAsync(string name, CancellationToken ct) => throw Missing();

    public Task<IReadOnlyDictionary<string, long>> ListAsync(string directory, CancellationToken ct) => throw Missing();

    public Task DeleteAsync(string name, CancellationToken ct) => throw Missing();

    private static ProblemException Missing() => new(VolumeProblems.NoTarget());
}

/// <summary>A directory, perhaps of a mounted disk or share. It has to be there: one that is made where a disk is not mounted would fill the wrong disk.</summary>
internal sealed class DirectoryTarget(string root) : IBackupTarget
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string Unfinished = ".new";

    public string Text => root;

    /// <summary>Written beside, forced to disk and renamed: a kill at any point leaves what was there and no half of anything.</summary>
    public Task PutAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken ct) => DoAsync(async () =>
    {
        var path = Path.Combine(root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, Private | UnixFileMode.UserExecute);
        File.Delete(path + Unfinished);
        await using (var file = new FileStream(path + Unfinished, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Private }))
        {
            await file.WriteAsync(bytes, ct);
            await file.FlushAsync(ct);
            RandomAccess.FlushToDisk(file.SafeFileHandle);
        }

        File.Move(path + Unfinished, path, overwrite: true);
        return true;
    });

    public Task<byte[]?> GetAsync(string name, CancellationToken ct) => DoAsync(async () =>
        Path.Combine(root, name) is var path && File.Exists(path) ? await File.ReadAllBytesAsync(path, ct) : null);

    public Task<IReadOnlyDictionary<string, long>> ListAsync(string directory, CancellationToken ct) => DoAsync(() =>
    {
        var path = Path.Combine(root, directory);
        return Task.FromResult<IReadOnlyDictionary<string, long>>(!Directory.Exists(path) ? new Dictionary<string, long>(StringComparer.Ordinal) : new DirectoryInfo(path).EnumerateFiles()
            .Where(f => !f.Name.EndsWith(Unfinished, StringComparison.Ordinal)).ToDictionary(f => f.Name, f => f.Length, StringComparer.Ordinal));
    });

    public Task DeleteAsync(string name, CancellationToken ct) => DoAsync(() =>
    {
        var path = Path.Combine(root, name);
        if (File.Exists(path))
            File.Delete(path);
        return Task.FromResult(true);
    });

    private async Task<T> DoAsync<T>(Func<Task<T>> work)
    {
        if (!Directory.Exists(root))
            throw new ProblemException(VolumeProblems.TargetFailed(root, "the directory is not there"));
        try
        {
            return await work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(VolumeProblems.TargetFailed(root, e.Message), e);
        }
    }
}
