using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Davit.Drivers.Docker.Builds;

/// <summary>What kind of file a path is, without opening it: opening a pipe waits for its other end.</summary>
internal static partial class FileKind
{
    public const int Directory = 0x4000;
    public const int Regular = 0x8000;
    public const int Link = 0xa000;

    private const int KindMask = 0xf000;
    private const int CurrentDirectory = -100;
    private const int DoNotFollow = 0x100;
    private const uint TypeAndMode = 3;

    /// <summary>Where <c>stx_mode</c> lies in <c>struct statx</c>, on every architecture (statx(2)).</summary>
    private const int ModeOffset = 28;

    public static (int Kind, UnixFileMode Mode) Of(string path)
    {
        Span<byte> answer = stackalloc byte[256];
        if (Statx(CurrentDirectory, path, DoNotFollow, TypeAndMode, ref MemoryMarshal.GetReference(answer)) is not 0)
            throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");

        var mode = BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(answer[ModeOffset..]) : BinaryPrimitives.ReadUInt16BigEndian(answer[ModeOffset..]);
        return (mode & KindMask, (UnixFileMode)(mode & 0xfff));
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int directory, string path, int flags, uint mask, ref byte answer);
}
