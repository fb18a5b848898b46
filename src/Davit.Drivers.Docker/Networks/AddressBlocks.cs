using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Davit.Drivers.Docker.Engine.Messages;

namespace Davit.Drivers.Docker.Networks;

/// <summary>Free IPv4 blocks for networks: those of the engine's pools, and once they are used up the 512 /22 of 10.200.0.0/13.</summary>
internal static class AddressBlocks
{
    /// <summary>How many are tried before the engine's refusal is believed.</summary>
    private const int Tries = 16;

    private static readonly (IPNetwork Base, int Size) Own = (IPNetwork.Parse("10.200.0.0/13"), 22);

    /// <summary>Those that an engine has of itself; it names its pools only when they were set by somebody.</summary>
    private static readonly (IPNetwork Base, int Size)[] EnginesOwn =
    [
        (IPNetwork.Parse("172.17.0.0/16"), 16), (IPNetwork.Parse("172.18.0.0/15"), 16), (IPNetwork.Parse("172.20.0.0/14"), 16), (IPNetwork.Parse("172.24.0.0/13"), 16),
        (IPNetwork.Parse("192.168.0.0/16"), 20),
    ];

    /// <param name="name">Decides where the search in our own blocks begins, so that two networks made at once seldom want the same.</param>
    /// <param name="pools">What the engine was told to take; null or empty is its default.</param>
    /// <param name="taken">Subnets of the engine's networks, in CIDR notation.</param>
    public static IEnumerable<IPNetwork> Free(string name, IReadOnlyList<AddressPoolFact>? pools, IEnumerable<string> taken)
    {
        IPNetwork[] used = [.. taken.Select(Parse).OfType<IPNetwork>(), .. OfThisMachine(), .. Routed()];
        IEnumerable<(IPNetwork Base, int Size)> engines = pools is { Count: > 0 }
            ? pools.SelectMany(p => Parse(p.Base) is { } pool ? [(pool, p.Size)] : Array.Empty<(IPNetwork, int)>())
            : EnginesOwn;
        var start = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        return engines.SelectMany(p => Blocks(p.Base, p.Size, 0)).Concat(Blocks(Own.Base, Own.Size, start))
            .Where(b => !used.Any(u => u.Contains(b.BaseAddress) || b.Contains(u.BaseAddress)))
            .Take(Tries);
    }

    private static IEnumerable<IPNetwork> Blocks(IPNetwork pool, int size, uint start)
    {
        if (pool.BaseAddress.AddressFamily is not AddressFamily.InterNetwork || size < pool.PrefixLength || size > 30)
            return [];

        var count = 1 << (size - pool.PrefixLength);
        var first = Ipv4.ToNumber(pool.BaseAddress);
        return Enumerable.Range(0, count).Select(i => new IPNetwork(Ipv4.FromNumber(first + ((uint)((start + i) % count) << (32 - size))), size));
    }

    private static IPNetwork? Parse(string subnet) => IPNetwork.TryParse(subnet, out var network) ? network : null;

    private static IEnumerable<IPNetwork> OfThisMachine() => NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(i => i.GetIPProperties().UnicastAddresses)
        .Where(a => a.Address.AddressFamily is AddressFamily.InterNetwork)
        .Select(a => Ipv4.Network(Ipv4.ToNumber(a.Address), a.PrefixLength));

    /// <summary>What the kernel sends somewhere in particular (proc(5), <c>/proc/net/route</c>: fields 2 and 8 are destination and mask, in the machine's byte order).</summary>
    private static IEnumerable<IPNetwork> Routed()
    {
        const string Table = "/proc/net/route";
        return !File.Exists(Table) ? [] : File.ReadLines(Table).Skip(1)
            .Select(line => line.Split('\t', StringSplitOptions.TrimEntries))
            .Where(f => f.Length > 7)
            .Select(f => (Destination: Hex(f[1]), Mask: Hex(f[7])))
            .Where(r => r.Mask is not 0)
            .Select(r => Ipv4.Network(r.Destination, BitOperations.PopCount(r.Mask)));
    }

    private static uint Hex(string field)
    {
        var number = uint.Parse(field, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(number) : number;
    }
}
