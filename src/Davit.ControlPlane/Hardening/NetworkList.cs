using System.Net;
using System.Net.Sockets;
using Davit.Model;

namespace Davit.ControlPlane.Hardening;

/// <summary>Networks such as <c>10.0.0.0/8</c> or <c>2001:db8::/32</c>; a bare address is a network of one.</summary>
internal sealed class NetworkList
{
    public const int Most = 200;

    private readonly IPNetwork[] _networks;

    private NetworkList(IPNetwork[] networks) => _networks = networks;

    public bool IsEmpty => _networks.Length is 0;

    /// <exception cref="ProblemException">DV7912 for what is no network.</exception>
    public static NetworkList Parse(IReadOnlyCollection<string> texts) => texts.Count > Most
        ? throw new ProblemException(SecurityProblems.BadNetwork($"{texts.Count} networks", $"at most {Most} are kept"))
        : new([.. texts.Select(One)]);

    /// <summary>As they are stored and shown: v4 networks that were written in v6 in their v4 form.</summary>
    public IReadOnlyList<string> Texts => [.. _networks.Select(n => n.ToString())];

    public bool Contains(IPAddress address)
    {
        var plain = Plain(address);
        return _networks.Any(n => n.BaseAddress.AddressFamily == plain.AddressFamily && n.Contains(plain));
    }

    /// <summary>An address of version 4 that is written in the form of version 6 is the same address.</summary>
    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static IPNetwork One(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(slash < 0 ? text : text.AsSpan(0, slash), out var address) || address.ScopeIdOrZero() is not 0)
            throw new ProblemException(SecurityProblems.BadNetwork(text, "it has no address"));
        var (all, offset) = address.IsIPv4MappedToIPv6 ? (128, 96) : address.AddressFamily is AddressFamily.InterNetwork ? (32, 0) : (128, 0);
        var length = all;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out length) || length > all || length < offset))
            throw new ProblemException(SecurityProblems.BadNetwork(text, $"its length is a number from {offset} to {all}"));
        var plain = Plain(address);
        return HasBitsAfter(plain, length - offset)
            ? throw new ProblemException(SecurityProblems.BadNetwork(text, "its address has bits set that its length leaves out"))
            : new IPNetwork(plain, length - offset);
    }

    private static bool HasBitsAfter(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        return Enumerable.Range(length, (bytes.Length * 8) - length).Any(bit => (bytes[bit / 8] & (0x80 >> (bit % 8))) is not 0);
    }
}

internal static class Scopes
{
    /// <summary>Only v6 addresses have a scope; asking others for it throws.</summary>
    public static long ScopeIdOrZero(this IPAddress address) => address.AddressFamily is AddressFamily.InterNetworkV6 ? address.ScopeId : 0;
}
