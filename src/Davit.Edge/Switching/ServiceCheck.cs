using System.Buffers;
using System.Net;
using Davit.Edge.Control;

namespace Davit.Edge.Switching;

/// <summary>Finds what of a service cannot be served: everything that would otherwise fail later, in a probe, a drain or a request.</summary>
internal static class ServiceCheck
{
    /// <summary>No time that the edge waits is longer; timers take no longer ones either.</summary>
    public static readonly TimeSpan LongestTime = TimeSpan.FromDays(7);

    private static readonly SearchValues<char> TokenChars = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Fields that say how a message is framed: only the server may write them.</summary>
    private static readonly string[] Framing = ["Content-Length", "Transfer-Encoding", "Connection", "Trailer", "Upgrade", "TE", "Keep-Alive"];

    public static IEnumerable<string> Faults(EdgeService service) =>
        Own(service).Concat(service.Targets.SelectMany(t => Targets(service, t))).Concat(Probe(service)).Concat(Site(service)).Concat(Split(service));

    public static bool IsTime(TimeSpan time) => time > TimeSpan.Zero && time <= LongestTime;

    private static IEnumerable<string> Own(EdgeService service)
    {
        if (service.Name is "")
            yield return "a service has no name";

        if (service.StickyCookie is not "" && !IsToken(service.StickyCookie))
            yield return $"service {service.Name} keeps clients by the cookie '{service.StickyCookie}', which is no name for one";

        var drain = service.Drain;
        if (new[] { drain.Requests, drain.Streams, drain.WebSocketClose }.Any(t => t < TimeSpan.Zero || t > LongestTime))
            yield return $"service {service.Name} drains for a time that is negative or longer than a week";
    }

    private static IEnumerable<string> Split(EdgeService service)
    {
        if (service.Split is not { } split)
            return [];

        var own = new List<string>();
        if (split.To.Name != service.Name || split.To.Split is not null)
            own.Add($"service {service.Name} is split towards '{split.To.Name}', not once towards itself");

        if (split.Percent is < 0 or > 100 || split.Seed is "")
            own.Add($"service {service.Name} is split at {split.Percent} percent with the seed '{split.Seed}'");

        if (split.Header is not "" && !IsToken(split.Header))
            own.Add($"service {service.Name} knows clients by the header '{split.Header}', which is no name for one");

        if (split.To.Targets.Any(service.Targets.Contains))
            own.Add($"service {service.Name} has a target on both sides");

        return own.Count > 0 ? own : Faults(split.To);
    }

    private static IEnumerable<string> Targets(EdgeService service, EdgeTarget target)
    {
        if (!IPAddress.TryParse(target.Address, out _) || target.Port is < 1 or > 65535)
            yield return $"service {service.Name} has the target {target.Address}:{target.Port}, which is no address and port";

        if (target.Weight is < 1 or > 1000)
            yield return $"service {service.Name} has a target of weight {target.Weight}, not 1 to 1000";
    }

    private static IEnumerable<string> Probe(EdgeService service)
    {
        var probe = service.Probe;
        if (!Enum.IsDefined(probe.Kind))
            yield return $"the probe of service {service.Name} is of the kind {probe.Kind}, which there is not";

        if (!IsTime(probe.Interval) || !IsTime(probe.Timeout) || probe.Successes < 1 || probe.Failures < 1 || probe.Port is < 0 or > 65535)
            yield return $"the probe of service {service.Name} has a time or a count that is not positive, or no port";

        if (!probe.Path.StartsWith('/') || probe.Path.Any(char.IsControl) || !Uri.TryCreate("http://host" + probe.Path, UriKind.Absolute, out _))
            yield return $"the probe of service {service.Name} asks for '{probe.Path}', which is no path";

        if (probe.Host.Any(c => c is <= ' ' or > '~' or '/' or '?' or '#' or '@') || (probe.Host is not "" && Uri.CheckHostName(probe.Host.Split(':')[0].Trim('[', ']')) is UriHostNameType.Unknown && !probe.Host.StartsWith('[')))
            yield return $"the probe of service {service.Name} names the host '{probe.Host}', which is none";

        if (probe.Expect.IsDefault || probe.Expect.Any(r => r is null))
            yield return $"the probe of service {service.Name} expects nothing";

        if (probe.GrpcService.Length > 1000)
            yield return $"the probe of service {service.Name} asks for a gRPC service whose name is too long";

        foreach (var (name, value) in probe.Headers.Where(h => !IsField(h.Key, h.Value)))
            yield return $"the probe of service {service.Name} sends '{name}: {value}', which is no field";
    }

    private static IEnumerable<string> Site(EdgeService service)
    {
        if (service.Site is not { } site)
            yield break;

        if (!Path.IsPathFullyQualified(site.Root) || !Directory.Exists(site.Root))
            yield return $"the directory of site {service.Name} is not absolute or does not exist";

        if (site.NotFoundPage.Split('/').Contains("..") || site.NotFoundPage.Contains('\0', StringComparison.Ordinal))
            yield return $"site {service.Name} has the page '{site.NotFoundPage}' for what is not found, which is not below its directory";

        if (site.Headers.IsDefault || site.Headers.Any(r => r is null))
            yield return $"site {service.Name} has a header rule that is missing";
        else
        {
            foreach (var (name, value) in site.Headers.SelectMany(r => r.Set).Where(h => !IsField(h.Key, h.Value)))
                yield return $"site {service.Name} sends '{name}: {value}', which is no field that a rule may set";
        }
    }

    private static bool IsField(string name, string? value) =>
        IsToken(name) && !Framing.Contains(name, StringComparer.OrdinalIgnoreCase) && value is not null && !value.Any(c => c is < ' ' and not '\t' or '\x7f' or > '\xff');

    private static bool IsToken(string text) => text is not "" && !text.AsSpan().ContainsAnyExcept(TokenChars);
}
