using System.Runtime.InteropServices;

namespace Davit.Drivers.Docker.Files;

/// <summary>Files of this machine with owner and mode set before anybody can read them.</summary>
internal static partial class HostFile
{
    /// <summary>Beside and renamed over, so a reader never sees half of it.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes, int mode)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("files with an owner and a mode");

        var beside = path + ".new";
        File.Delete(beside);
        using (var file = new FileStream(beside, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
            file.Write(bytes);
        File.SetUnixFileMode(beside, (UnixFileMode)mode);
        File.Move(beside, path, overwrite: true);
    }

    /// <summary>Only the owner may enter it.</summary>
    public static void MakeDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("directories with a mode");

        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public static void Own(string path, int uid, int gid)
    {
        if (Chown(path, (uint)uid, (uint)gid) is not 0)
            throw new IOException($"chown {uid}:{gid} failed: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Chown(string path, uint uid, uint gid);
}
