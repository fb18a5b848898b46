using System.Globalization;
using System.Net;
using Davit.Manifest.Yaml;

namespace Davit.Manifest.Normalizing;

/// <summary>Takes short port entries apart: <c>[[IP:]HOST:]CONTAINER[/PROTOCOL]</c>, each side a port or a range.</summary>
internal static class PortForms
{
    /// <summary>One mapping per container port, sorted by port text as the reference does; or what is wrong.</summary>
    public static (List<MapNode> Ports, string? Wrong) Parse(ScalarNode entry, int most)
    {
        var (ip, host, container, protocol) = Split(entry.Text);
        if (ip is ['[', ..])
            ip = ip.EndsWith(']') ? ip[1..^1] : "?" + ip;
        if (ip.Length > 0 && !IsAddress(ip))
            return ([], $"'{ip}' is not an IP address");
        if (container.Length is 0)
            return ([], $"no container port in '{entry.Text}'");
        if (Range(container) is not { } inside)
            return ([], $"'{container}' is not a container port");
        var outside = host.Length is 0 ? (0, 0) : Range(host);
        if (outside is not { } published)
            return ([], $"'{host}' is not a host port");
        if (host.Length > 0 && inside.To - inside.From != published.To - published.From && inside.To != inside.From)
            return ([], $"the ranges {container} and {host} have different sizes");
        if (inside.To - inside.From >= most)
            return ([], $"more than {YamlLimits.Ports} ports with '{entry.Text}'");
        protocol = protocol.ToLowerInvariant();
        return protocol is "tcp" or "udp" or "sctp"
            ? (All(entry, ip, host.Length > 0, (inside, published), protocol), null)
            : ([], $"'{protocol}' is not a protocol");
    }

    public static bool IsAddress(string text) =>
        IPAddress.TryParse(text, out var address) && !text.Contains('%', StringComparison.Ordinal)
        && (address.AddressFamily is System.Net.Sockets.AddressFamily.InterNetworkV6 ? !text.StartsWith('[') : IsDottedQuad(text));

    private static bool IsDottedQuad(string text)
    {
        var parts = text.Split('.');
        return parts.Length is 4 && parts.All(p => p.Length is > 0 and <= 3 && p.All(char.IsAsciiDigit) && (p.Length is 1 || p[0] is not '0'));
    }

    private static List<MapNode> All(
        ScalarNode entry, string ip, bool isPublished, ((int From, int To) Inside, (int From, int To) Published) ranges, string protocol)
    {
        var (inside, published) = ranges;
        var ports = new List<MapNode>();
        for (var i = 0; i <= inside.To - inside.From; i++)
        {
            var map = entry.MapHere();
            map["mode"] = entry.TextHere("ingress");
            if (ip.Length > 0)
                map["host_ip"] = entry.TextHere(ip);
            if (inside.From + i > 0)
                map["target"] = new ScalarNode(ScalarKind.Integer, Text(inside.From + i)) { File = entry.File, Line = entry.Line, Column = entry.Column };
            if (isPublished)
                map["published"] = entry.TextHere(HostPort(inside, published, i));
            map["protocol"] = entry.TextHere(protocol);
            ports.Add(map);
        }

        return [.. ports.OrderBy(p => (p["target"] as ScalarNode)?.Text, StringComparer.Ordinal)];
    }

    /// <summary>A single container port with a host range keeps the range: the engine chooses.</summary>
    private static string HostPort((int From, int To) inside, (int From, int To) published, int i) =>
        inside.From == inside.To && published.From != published.To
            ? $"{Text(published.From)}-{Text(published.To)}"
            : Text(published.From + i);

    private static (string Ip, string Host, string Container, string Protocol) Split(string text)
    {
        var parts = text.Split(':');
        var (ip, host, container) = parts.Length switch
        {
            1 => ("", "", parts[0]),
            2 => ("", parts[0], parts[1]),
            3 => (parts[0], parts[1], parts[2]),
            _ => (string.Join(':', parts[..^2]), parts[^2], parts[^1]),
        };
        var slash = container.IndexOf('/', StringComparison.Ordinal);
        return slash switch
        {
            < 0 => (ip, host, container, "tcp"),
            0 => (ip, host, "", ""),
            _ => (ip, host, container[..slash], slash + 1 < container.Length ? container[(slash + 1)..] : "tcp"),
        };
    }

    private static (int From, int To)? Range(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0)
            return Port(text) is { } port ? (port, port) : null;
        return Port(text[..dash]) is { } from && Port(text[(dash + 1)..]) is { } to && to >= from ? (from, to) : null;
    }

    private static int? Port(string text) =>
        text.Length is > 0 and <= 5 && ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
