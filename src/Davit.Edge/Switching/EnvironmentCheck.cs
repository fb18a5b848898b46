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
        if (environment.Environment is "" || HasHoles(environment))
            return (environment, EdgeProblems.BadTable("The environment, its routes, its services or their targets are missing."));

        var faults = new List<string>();
        if (environment.Traffic is { } traffic)
            faults.AddRange(TrafficCheck.Faults(traffic));
        faults.AddRange(environment.Services.SelectMany(ServiceCheck.Faults));
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

    /// <summary>Another environment that has one of the places.</summary>
    public static Problem? Taken(EdgeEnvironment environment, TableSnapshot table)
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

        // The reader takes any number for a name of a kind.
        if (!Enum.IsDefined(route.Kind) || !Enum.IsDefined(route.Tls.Mode))
            yield return $"route {route.Id} is of the kind {route.Kind} and TLS mode {route.Tls.Mode}, which there are not";

        if (HostName.Normalise(route.Host) is null)
            yield return $"route {route.Id} has the host '{route.Host}', which is no host name";

        if (RoutePath.Normalise(route.PathPrefix) is null)
            yield return $"route {route.Id} has the path '{route.PathPrefix}', which is no path";

        if (route.Kind is RouteKind.Tcp && PortFault(route.ListenPort) is { } fault)
            yield return $"route {route.Id} listens on port {route.ListenPort}, which {fault}";

        if (route.Tls is { Mode: TlsMode.Certificate, Certificate: var name } && certificates.Find(name) is null)
            yield return $"route {route.Id} names the certificate '{name}', which was not uploaded";

        if (!ServiceCheck.IsTime(route.Timeouts.Connect) || !ServiceCheck.IsTime(route.Timeouts.ResponseHeader) || !ServiceCheck.IsTime(route.Timeouts.Idle))
            yield return $"route {route.Id} has a timeout that is not positive or longer than a week";

        if (route.MaxBody < 0)
            yield return $"route {route.Id} allows a body of {route.MaxBody} bytes";
    }

    /// <summary>The reader refuses what is null, but not in lists.</summary>
    private static bool HasHoles(EdgeEnvironment environment) =>
        environment.Routes.IsDefault || environment.Services.IsDefault || environment.Routes.Any(r => r is null)
        || environment.Services.Any(s => s is null || HasHoles(s) || (s.Split is { } split && (split.To is null || HasHoles(split.To))));

    private static bool HasHoles(EdgeService service) => service.Targets.IsDefault || service.Targets.Any(t => t is null);

    private static string? PortFault(int port) => port switch
    {
        < 1 or > 65535 => "is no port",
        23 or 25 or (>= 137 and <= 139) => "may not be used",
        _ => null,
    };

    private static IEnumerable<string> Twice(IEnumerable<string> all) => all.CountBy(a => a, StringComparer.Ordinal).Where(a => a.Value > 1).Select(a => a.Key);
}
