using System.Net;
using System.Net.Sockets;

namespace Davit.ControlPlane.Access;

/// <summary>Where a request comes from.</summary>
internal static class ClientAddress
{
    private const int NetworkBits4 = 24;
    private const int NetworkBits6 = 64;

    /// <summary>What comes over the unix socket comes from this machine.</summary>
    public static IPAddress Of(HttpContext context) => Plain(context.Connection.RemoteIpAddress ?? IPAddress.Loopback);

    /// <summary>The network that guesses at passwords are counted by: /24, or /64 of version 6.</summary>
    public static string NetworkOf(IPAddress address)
    {
        var bits = address.AddressFamily is AddressFamily.InterNetwork ? NetworkBits4 : NetworkBits6;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(bits / 8).Clear();
        return new IPNetwork(new IPAddress(bytes), bits).ToString();
    }

    /// <param name="network">Such as <c>10.0.0.0/8</c>, or one address.</param>
    public static bool IsIn(IPAddress address, string network) =>
        IPNetwork.TryParse(network, out var range) ? range.Contains(address) : IPAddress.TryParse(network, out var one) && Plain(one).Equals(address);

    /// <summary>An address of version 4 that is written in the form of version 6 is the same address.</summary>
    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
