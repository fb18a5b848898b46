using System.Globalization;
using System.Net.Sockets;

namespace Davit.Edge;

/// <summary>
/// How many client connections may be open at once, over all ports. Each may need a second descriptor for its target, and
/// some are kept for the control socket, probes and files, so that a flood of clients cannot take them.
/// </summary>
internal sealed class ConnectionBudget(int most)
{
    private const int Wanted = 20_000;
    private const int Kept = 256;

    private int _open;

    public int Open => Volatile.Read(ref _open);

    public static ConnectionBudget OfThisProcess() => new(Math.Clamp((Descriptors() - Kept) / 2, 64, Wanted));

    /// <summary>A failure of this machine, which says nothing about the other side.</summary>
    public static bool IsOutOfDescriptors(Exception fault) => fault is SocketException { SocketErrorCode: SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable };

    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _open) <= most)
            return true;

        Exit();
        return false;
    }

    public void Exit() => Interlocked.Decrement(ref _open);

    /// <summary>The runtime has raised the soft limit to the hard one by the time this is asked.</summary>
    private static int Descriptors()
    {
        const string Limits = "/proc/self/limits";
        var line = File.Exists(Limits) ? File.ReadLines(Limits).FirstOrDefault(l => l.StartsWith("Max open files", StringComparison.Ordinal)) : null;
        var soft = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
        return int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : int.MaxValue;
    }
}
