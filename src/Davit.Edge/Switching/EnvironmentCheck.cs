using System.Net;
using Davit.Edge.Control;
using Davit.Edge.Routing;
using Davit.Edge.Tls;
using Davit.Model;

namespace Davit.Edge.Switching;

/// <summary>Brings a slice into the form the table compares by, and finds what cannot be served. Every fault is named at once.</summary>
internal sealed class EnvironmentCheck(CertificateStore certificates)
{
    private const int MostFaultsTold = 8;

    public (EdgeEnvironment Normal, Problem? Fault) Check(EdgeEnvironment environment, TableSnapshot table)
    {
        if (environment.Routes.IsDefault || environment.Services.IsDefault || environment.Environment is "" || environment.Services.Any(s => s.Targets.IsDefault))
            return (environment, EdgeProblems.BadTable("The environment, its routes, its services or their targets are missing."));

        var faults = new List<string>();
        faults.AddRange(environment.Services.SelectMany(Faults));
        faults.AddRange(Twice(environment.Services.Select(s => s.Name)).Select(n => $"service {n} is listed twice"));
        faults.AddRange(Twice(environment.Routes.Select(r => r.Id)).Select(n => $"route {n} is listed twice"));
        var names = environment.Services.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        faults.AddRange(environment.Routes.SelectMany(r => Faults(r, names)));
        if (faults.Count > 0)
            return (environment, EdgeProblems.BadTable(string.Join("; ", faults.Take(MostFaultsTold)) + "."));

        var normal = environment with { Routes = [.. environment.Routes.Select(r => r with { Host = HostName.Normalise(r.Host)!, PathPrefix = RoutePath.Normalise(r.PathPrefix)! })] };
        return (normal, Twice(normal.Routes.Select(Place)).FirstOrDefault() is { } twice ? EdgeProblems.BadTable($"two routes lead to {twice}.") : Taken(normal, table));
    }

    /// <summary>Where a route listens, as people name it.</summary>
    public static string Place(EdgeRoute route) => route.Kind switch
    {
        RouteKind.Tcp => $"tcp port {route.ListenPort}",
        RouteKind.TlsPassthrough => $"tls {(route.Host is "" ? "*" : route.Host)}",
        RouteKind.Http => $"{(route.Host is "" ? "*" : route.Host)}{route.PathPrefix}",
    };

    private static Problem? Taken(EdgeEnvironment environment, TableSnapshot table)
    {
        var mine = environment.Routes.Select(Place).ToHashSet(StringComparer.Ordinal);
        return table.Routes.FirstOrDefault(r => r.Environment != environment.Environment && mine.Contains(Place(r.Route))) is { } other
            ? EdgeProblems.Taken(Place(other.Route), other.Environment)
            : null;
    }

    private IEnumerable<string> Faults(EdgeRoute route, HashSet<string> services)
    {
        if (!services.Contains(route.Service))
            yield return $"route {route.Id} leads to service {route.Service}, which is not listed";

        if (HostName.Normalise(route.Host) is null)
            yield return $"route {route.Id} has the host '{route.Host}', which is no host name";

        if (RoutePath.Normalise(route.PathPrefix) is null)
            yield return $"route {route.Id} has the path '{route.PathPrefix}', which is no path";

        if (route.Kind is RouteKind.Tcp && PortFault(route.ListenPort) is { } fault)
            yield return $"route {route.Id} listens on port {route.ListenPort}, which {fault}";

        if (route.Tls is { Mode: TlsMode.Certificate, Certificate: var name } && certificates.Find(name) is null)
            yield return $"route {route.Id} names the certificate '{name}', which was not uploaded";

        if (route.Timeouts.Connect <= TimeSpan.Zero || route.Timeouts.ResponseHeader <= TimeSpan.Zero || route.Timeouts.Idle <= TimeSpan.Zero)
            yield return $"route {route.Id} has a timeout that is not positive";
    }

    private static string? PortFault(int port) => port switch
    {
        < 1 or > 65535 => "is no port",
        23 or 25 or (>= 137 and <= 139) => "may not be used",
        _ => null,
    };

    private static IEnumerable<string> Faults(EdgeService service)
    {
        if (service.Name is "")
            yield return "a service has no name";

        if (service.Site is { } site && (!Path.IsPathFullyQualified(site.Root) || !Directory.Exists(site.Root)))
            yield return $"the directory of site {service.Name} is not absolute or does not exist";

        foreach (var target in service.Targets)
        {
            if (!IPAddress.TryParse(target.Address, out _) || target.Port is < 1 or > 65535)
                yield return $"service {service.Name} has the target {target.Address}:{target.Port}, which is no address and port";

            if (target.Weight is < 1 or > 1000)
                yield return $"service {service.Name} has a target of weight {target.Weight}, not 1 to 1000";
        }

        var probe = service.Probe;
        if (!probe.Path.StartsWith('/') || probe.Interval <= TimeSpan.Zero || probe.Timeout <= TimeSpan.Zero || probe.Successes < 1 || probe.Failures < 1 || probe.Port is < 0 or > 65535)
            yield return $"the probe of service {service.Name} has a path without '/', a time or a count that is not positive, or no port";
    }

    private static IEnumerable<string> Twice(IEnumerable<string> all) => all.CountBy(a => a, StringComparer.Ordinal).Where(a => a.Value > 1).Select(a => a.Key);
}
