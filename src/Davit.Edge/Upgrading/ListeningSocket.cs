using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Davit.Edge.Upgrading;

/// <summary>
/// A listening socket that another process may go on with. What accepts only borrows the descriptor, and it is closed as a plain
/// one, because the framework closes a socket with side effects on everybody who shares it: it may end the listening when an
/// accept is under way, and it sets it to reset connections, which every connection accepted later inherits.
/// </summary>
internal sealed class ListeningSocket : IDisposable
{
    private const int SetDescriptorFlags = 2;
    private const int CloseOnExec = 1;

    /// <summary>The finalizer of a socket that was bound to a path deletes the file; a successor has it.</summary>
    private static readonly ConcurrentBag<Socket> BoundToPaths = [];

    private readonly SafeFileHandle _owner;

    private ListeningSocket(int descriptor)
    {
        Descriptor = descriptor;
        _owner = new SafeFileHandle(descriptor, ownsHandle: true);
        Lent = new Socket(new SafeSocketHandle(descriptor, ownsHandle: false));
    }

    public int Descriptor { get; }

    /// <summary>Accepts; disposing it ends the accepting of this process and nothing else.</summary>
    public Socket Lent { get; }

    /// <summary>Takes the descriptor of a bound socket over; the socket itself is not used any more.</summary>
    public static ListeningSocket Of(Socket bound)
    {
        var descriptor = (int)bound.Handle;
        bound.SafeHandle.SetHandleAsInvalid();
        if (bound.AddressFamily is AddressFamily.Unix)
            BoundToPaths.Add(bound);

        return new ListeningSocket(descriptor);
    }

    /// <summary>One that the process before has left open for us.</summary>
    public static ListeningSocket Inherit(int descriptor)
    {
        Keep(descriptor, inheritable: false);
        return new ListeningSocket(descriptor);
    }

    /// <summary>A TCP port on all addresses.</summary>
    public static ListeningSocket OnPort(int port)
    {
        var bound = Socket.OSSupportsIPv6
            ? new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true }
            : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            bound.Bind(new IPEndPoint(Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any, port));
            return Of(bound);
        }
        catch
        {
            bound.Dispose();
            throw;
        }
    }

    /// <summary>Whether programs that are started from now on get the descriptor.</summary>
    public static void Keep(int descriptor, bool inheritable)
    {
        if (Control(descriptor, SetDescriptorFlags, inheritable ? 0 : CloseOnExec) < 0)
            throw new IOException($"fcntl on descriptor {descriptor}: error {Marshal.GetLastPInvokeError()}");
    }

    public void StopAccepting() => Lent.Dispose();

    public void Dispose()
    {
        Lent.Dispose();
        _owner.Dispose();
    }

    [DllImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int descriptor, int command, int argument);
}
