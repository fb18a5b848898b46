using System.Net;
using Davit.Edge.Control;

namespace Davit.Edge.Switching;

/// <summary>Finds what of a pause or a maintenance cannot be done, and who is let through.</summary>
internal static class TrafficCheck
{
    private const int LongestMessage = 2000;
    private const int MostNetworks = 100;
    private static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(10);

    public static IEnumerable<string> Faults(EdgeTraffic traffic)
    {
        if (!Enum.IsDefined(traffic.Mode))
            yield return $"the traffic is in the mode {traffic.Mode}, which there is not";

        if (traffic.Hold <= TimeSpan.Zero || traffic.Hold > LongestHold)
            yield return FormattableString.Invariant($"requests are held for {traffic.Hold.TotalSeconds:0.#} s, not for up to {LongestHold.TotalMinutes:0} min");

        if (traffic.Message is not { Length: <= LongestMessage })
            yield return $"the message is longer than {LongestMessage} characters";

        if (traffic.Allow.IsDefault || traffic.Allow.Length > MostNetworks)
            yield return $"more than {MostNetworks} networks are let through, or none is listed";
        else if (traffic.Allow.FirstOrDefault(a => Network(a) is null) is { } bad)
            yield return $"'{bad}' is no address and no network such as 10.0.0.0/8";
    }

    public static bool Allows(EdgeTraffic traffic, IPAddress? client)
    {
        if (traffic.Allow.IsEmpty || client is null)
            return false;

        var plain = client.IsIPv4MappedToIPv6 ? client.MapToIPv4() : client;
        return traffic.Allow.Any(a => Network(a) is { } network && network.Contains(plain));
    }

    private static IPNetwork? Network(string? text) => IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var one) ? new IPNetwork(one, one.AddressFamily is System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128)
        : null;
}
