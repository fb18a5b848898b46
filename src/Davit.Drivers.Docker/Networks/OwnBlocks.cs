using System.Buffers.Binary;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Davit.Drivers.Docker.Networks;

/// <summary>IPv4 blocks for networks once the engine's own pools are used up: the 2,048 /24 of 10.200.0.0/13.</summary>
internal static class OwnBlocks
{
    private const uint First = 0x0AC80000;
    private const int Count = 2048;

    /// <summary>How many are tried before the engine's refusal is believed.</summary>
    private const int Tries = 16;

    /// <param name="name">Decides where the search begins, so that two networks made at once seldom want the same.</param>
    /// <param name="taken">Subnets of the engine's networks, in CIDR notation.</param>
    public static IEnumerable<string> Free(string name, IEnumerable<string> taken)
    {
        IPNetwork[] used = [.. taken.Select(Parse).OfType<IPNetwork>(), .. OfThisMachine()];
        var start = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name))) % Count;
        return Enumerable.Range(0, Count)
            .Select(i => Block((start + (uint)i) % Count))
            .Where(b => !used.Any(u => u.Contains(b.BaseAddress) || b.Contains(u.BaseAddress)))
            .Take(Tries)
            .Select(b => b.ToString());
    }

    private static IPNetwork Block(uint index)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, First + (index << 8));
        return new IPNetwork(new IPAddress(bytes), 24);
    }

    private static IPNetwork? Parse(string subnet) => IPNetwork.TryParse(subnet, out var network) ? network : null;

    private static IEnumerable<IPNetwork> OfThisMachine() => NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(i => i.GetIPProperties().UnicastAddresses)
        .Where(a => a.Address.AddressFamily is AddressFamily.InterNetwork)
        .Select(a => new IPNetwork(Masked(a.Address, a.PrefixLength), a.PrefixLength));

    private static IPAddress Masked(IPAddress address, int prefix)
    {
        var bits = BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes()) & (prefix is 0 ? 0 : uint.MaxValue << (32 - prefix));
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, bits);
        return new IPAddress(bytes);
    }
}
