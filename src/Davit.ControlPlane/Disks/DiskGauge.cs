using Davit.ControlPlane.Hosting;

namespace Davit.ControlPlane.Disks;

/// <summary>One file system as <c>df</c> shows it.</summary>
/// <param name="Path">What lies on it.</param>
/// <param name="UsedBytes">Without what the file system keeps for root.</param>
/// <param name="FreeBytes">What may still be written.</param>
internal sealed record DiskFigures(string Path, long UsedBytes, long FreeBytes)
{
    /// <summary>Rounded up, as <c>df</c> does.</summary>
    public int Percent => UsedBytes + FreeBytes is 0 ? 0 : (int)(((UsedBytes * 100) + UsedBytes + FreeBytes - 1) / (UsedBytes + FreeBytes));
}

/// <summary>Where the figures of the disks come from.</summary>
internal interface IDiskGauge
{
    IReadOnlyList<DiskFigures> Read();
}

/// <summary>The data directory's own disk, and the runtime's where it is on this machine.</summary>
internal sealed class DiskGauge(ServerOptions options) : IDiskGauge
{
    /// <summary>Known once the runtime has answered; "" until then and for a remote one.</summary>
    public string RuntimeRoot { get; set; } = "";

    public IReadOnlyList<DiskFigures> Read() => RuntimeRoot is "" || !Directory.Exists(RuntimeRoot) ? [Of(options.Data)] : [Of(options.Data), Of(RuntimeRoot)];

    private static DiskFigures Of(string path)
    {
        var drive = new DriveInfo(path);
        return new(path, drive.TotalSize - drive.TotalFreeSpace, drive.AvailableFreeSpace);
    }
}
