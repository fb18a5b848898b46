using System.Globalization;
using Davit.Manifest;
using Davit.Planning.Instances;

namespace Davit.Planning.Wishes;

/// <summary>How the instances of a service are reached, and what they reach.</summary>
internal static class ConnectivityTemplates
{
    public static ConnectivitySpec Of(AppManifest app, ServiceSpec service, WishContext context) => new()
    {
        Hostname = service.Runtime.Hostname,
        DomainName = service.Runtime.DomainName,
        Mode = service.Runtime.NetworkMode,
        Networks = [.. InOrder(service).Select(n => Attachment(app, service, n.Key, n.Value, context))],
        Ports = [.. service.Ports.Where(IsOnHost).Select(HostPort)],
        Expose = [.. service.Expose.SelectMany(Ports)],
        Dns = [.. service.Runtime.Dns],
        DnsOptions = [.. service.Runtime.DnsOptions],
        DnsSearch = [.. service.Runtime.DnsSearch],
        ExtraHosts = [.. service.Runtime.ExtraHosts.Select(h => $"{h.Host}:{h.Address}")],
        MacAddress = service.Runtime.MacAddress,
    };

    public static string NetworkName(AppManifest app, string key, WishContext context) =>
        app.Networks.TryGetValue(key, out var network) && network.IsExternal ? network.Name : context.ObjectName(key);

    /// <summary>The first one gives the default route.</summary>
    private static IEnumerable<KeyValuePair<string, ServiceNetworkSpec>> InOrder(ServiceSpec service) =>
        service.Networks.OrderByDescending(n => n.Value.GatewayPriority).ThenByDescending(n => n.Value.Priority).ThenBy(n => n.Key, StringComparer.Ordinal);

    private static NetworkAttachment Attachment(AppManifest app, ServiceSpec service, string key, ServiceNetworkSpec network, WishContext context)
    {
        string?[] names = [service.Name, service.ContainerName, .. network.Aliases, .. LinkAliases(app, service.Name, key)];
        return new(NetworkName(app, key, context), [.. names.OfType<string>().Distinct(StringComparer.Ordinal)])
        {
            Ipv4 = network.Ipv4Address,
            Ipv6 = network.Ipv6Address,
            LinkLocalAddresses = [.. network.LinkLocalIps],
            MacAddress = network.MacAddress,
            DriverOptions = EquatableMap.From(network.DriverOptions),
        };
    }

    /// <summary>The names under which services of the same network link to this one.</summary>
    private static IEnumerable<string> LinkAliases(AppManifest app, string target, string network) => app.Services.Values
        .Where(s => s.Networks.ContainsKey(network))
        .SelectMany(s => s.Links ?? [])
        .Select(l => l.Split(':', 2))
        .Where(l => l.Length is 2 && l[0] == target)
        .Select(l => l[1])
        .Order(StringComparer.Ordinal);

    /// <summary>The edge holds TCP ports unless the author wants the host's own; everything else is bound on the host itself.</summary>
    private static bool IsOnHost(PortSpec port) => port.Protocol is not "tcp" || (port.Mode is "host" && port.Published is not null);

    private static PublishedPort HostPort(PortSpec port)
    {
        var (first, last) = Range(port.Published);
        return new PublishedPort(port.Target, first, port.HostIp, port.Protocol switch
        {
            "tcp" => TransportProtocol.Tcp,
            "sctp" => TransportProtocol.Sctp,
            _ => TransportProtocol.Udp,
        })
        {
            LastHostPort = last > first ? last : null,
        };
    }

    /// <summary><c>8000-8002/udp</c> is three ports.</summary>
    private static IEnumerable<string> Ports(string expose)
    {
        var (ports, protocol) = expose.Split('/', 2) is [var before, var after] ? (before, after) : (expose, "tcp");
        var (first, last) = Range(ports);
        return Enumerable.Range(first, last - first + 1).Select(p => string.Create(CultureInfo.InvariantCulture, $"{p}/{protocol}"));
    }

    private static (int First, int Last) Range(string? text)
    {
        var ends = (text ?? "").Split('-', 2);
        return int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            ? (first, ends.Length is 2 && int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last >= first ? last : first)
            : (0, 0);
    }
}
