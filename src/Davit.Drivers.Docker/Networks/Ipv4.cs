using System.Buffers.Binary;
using System.Net;

namespace Davit.Drivers.Docker.Networks;

/// <summary>IPv4 addresses as numbers one can count with.</summary>
internal static class Ipv4
{
    public static uint ToNumber(IPAddress address) => BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());

    public static IPAddress FromNumber(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new(bytes);
    }

    /// <summary>The block of that length which the address lies in.</summary>
    public static IPNetwork Network(uint address, int prefix) => new(FromNumber(address & (prefix is 0 ? 0 : uint.MaxValue << (32 - prefix))), prefix);
}
