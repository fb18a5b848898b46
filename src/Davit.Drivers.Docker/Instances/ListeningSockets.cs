using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Exec;
using Davit.Drivers.Instances;

namespace Davit.Drivers.Docker.Instances;

/// <summary>
/// Reads <c>/proc/net/tcp</c> and <c>tcp6</c> (proc_pid_net(5)) of a container's main process on this machine, which needs
/// nothing in the image.
/// </summary>
internal sealed class ListeningSockets(EngineClient engine, InstanceReader instances)
{
    private const string Listen = "0A";

    public async Task<ImmutableArray<ListeningSocket>?> ReadAsync(string name, CancellationToken ct)
    {
        if (!engine.Endpoint.IsLocal || await instances.FindOwnAsync(name, ct) is not { State.Pid: > 0 } found || !HostProcess.Belongs(found.State.Pid, found.Id))
            return null;

        try
        {
            var sockets = new SortedSet<(int Port, string Address)>();
            foreach (var table in new[] { "tcp", "tcp6" })
            {
                var path = $"/proc/{found.State.Pid}/net/{table}";
                if (File.Exists(path))
                    sockets.UnionWith((await File.ReadAllLinesAsync(path, ct)).Skip(1).Select(Parse).OfType<ListeningSocket>().Select(s => (s.Port, s.Address)));
            }

            return [.. sockets.Select(s => new ListeningSocket(s.Address, s.Port))];
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Null for sockets in other states and for lines of another form.</summary>
    internal static ListeningSocket? Parse(string line)
    {
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 4 || fields[3] != Listen || fields[1].Split(':') is not [{ Length: 8 or 32 } address, { Length: 4 } port])
            return null;

        var bytes = Convert.FromHexString(address);
        for (var i = 0; i < bytes.Length; i += 4)
        {
            // Each word is in the machine's order; machines Davit runs on are little endian.
            var word = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(i));
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(i), word);
        }

        var ip = new IPAddress(bytes);
        return new((ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip).ToString(), int.Parse(port, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }
}
