using System.Runtime.InteropServices;

namespace Davit.Edge;

/// <summary>
/// Gives memory back to the system when a busy time is over. The collector by itself keeps what the last burst needed, and
/// so does the C library with what the compiler used at start. davitd uses it too.
/// </summary>
public sealed class MemoryTrim(TimeProvider clock)
{
    private const long WorthIt = 8 * 1024 * 1024;
    private const long Quiet = 512 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public async Task RunAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        var (trimmed, last) = (0L, 0L);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                var now = GC.GetTotalAllocatedBytes();
                if (now - last < Quiet && (now - trimmed > WorthIt || trimmed is 0))
                {
                    Trim();
                    trimmed = GC.GetTotalAllocatedBytes();
                }

                last = now;
            }
        }
        catch (OperationCanceledException)
        {
            // The edge stops.
        }
    }

    private static void Trim()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        try
        {
            _ = ReturnFreed(0);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another C library: it has its own ways.
        }
    }

    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ReturnFreed(nuint kept);
}
