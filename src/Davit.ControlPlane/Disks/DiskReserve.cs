using Davit.ControlPlane.Hosting;

namespace Davit.ControlPlane.Disks;

/// <summary>Room that is given back to the database when nothing else is left, so that it can go on writing and the disk can be cleared.</summary>
internal sealed class DiskReserve(ServerOptions options)
{
    private const long Bytes = 32L << 20;

    public string Path { get; } = System.IO.Path.Combine(options.Data, "reserve");

    public void Follow(DiskState state)
    {
        if (state.Level is DiskLevel.RefuseLogs)
            File.Delete(Path);
        else if (state.Level < DiskLevel.RefuseWork && state.Fullest.FreeBytes > 8 * Bytes && !File.Exists(Path))
            Take();
    }

    private void Take()
    {
        try
        {
            using var file = new FileStream(Path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, PreallocationSize = Bytes, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        }
        catch (IOException)
        {
            // Somebody was faster, or there is less room than it seemed; the next look tries again.
        }
    }
}
