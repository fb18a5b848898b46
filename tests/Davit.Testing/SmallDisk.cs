using System.Diagnostics;
using Shouldly;

namespace Davit.Testing;

/// <summary>A file system of its own that a test can fill, in memory. Mounting one needs root.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string root) => Root = root;

    public string Root { get; }

    private string Filler => Path.Combine(Root, "filler");

    /// <param name="root">A directory that exists and is empty; it is deleted at the end.</param>
    public static async Task<SmallDisk> MountAsync(string root, int mebibytes, CancellationToken ct)
    {
        var (exit, said) = await RunAsync("mount", ["-t", "tmpfs", "-o", $"size={mebibytes}m,mode=755", "davit-test", root], ct);
        exit.ShouldBe(0, $"a small file system could not be mounted, which needs root: {said}");
        return new SmallDisk(root);
    }

    /// <summary>Fills it to its last byte, beside others who write to it.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filler, FileMode.OpenOrCreate, FileAccess.Write);
        file.Seek(0, SeekOrigin.End);
        try
        {
            while (true)
            {
                file.Write(new byte[4096]);
                file.Flush();
            }
        }
        catch (IOException)
        {
        }
    }

    /// <summary>Fills it until so many percent are in use.</summary>
    public void FillTo(int percent)
    {
        File.Delete(Filler);
        var drive = new DriveInfo(Root);
        var wanted = (drive.TotalSize * percent / 100) - (drive.TotalSize - drive.TotalFreeSpace);
        using var file = new FileStream(Filler, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, PreallocationSize = Math.Max(0, wanted) });
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", ["--lazy", Root], CancellationToken.None);
        if (Directory.Exists(Root))
            Directory.Delete(Root);
    }

    private static async Task<(int Exit, string Said)> RunAsync(string program, string[] arguments, CancellationToken ct)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return (process.ExitCode, said);
    }
}
