using System.Collections.Immutable;
using Davit.Manifest.Loading;
using Davit.Manifest.Suggestions;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.App.Reading;

/// <summary>Reads <c>routes</c> and turns published TCP ports into routes held by the edge.</summary>
internal sealed class RouteReader(IReadOnlyDictionary<string, ServiceDraft> services, FaultSink faults)
{
    private readonly List<RouteSpec> _routes = [];

    public ImmutableArray<RouteSpec> Read(Reader davit)
    {
        foreach (var route in davit.Items("routes"))
            Explicit(route);
        if (services.Values.Sum(s => s.Spec.Ports.Count(p => p.Protocol is "tcp")) > YamlLimits.Published)
            faults.Error(ManifestProblems.TooLarge, $"more than {YamlLimits.Published} TCP ports; the edge holds each of them", davit.Map.At);
        else
            PublishedPorts();
        foreach (var service in services.Values.OrderBy(s => s.Name, StringComparer.Ordinal))
            Usual(service);
        return
        [
            .. _routes.OrderBy(r => r.Kind).ThenBy(r => r.Host, StringComparer.Ordinal).ThenBy(r => r.Path, StringComparer.Ordinal).ThenBy(r => r.Listen),
        ];
    }

    private void PublishedPorts()
    {
        foreach (var service in services.Values.OrderBy(s => s.Name, StringComparer.Ordinal))
            Published(service);
    }

    private void Explicit(Reader r)
    {
        var name = r.Text("service");
        if (name is null || !services.TryGetValue(name, out var service))
        {
            var wrong = name is null ? $"{r.Path} needs a service" : $"{r.Path} names the unknown service '{name}'";
            faults.Error(ManifestProblems.RouteInvalid, wrong, r.At("service"), r.Path, name is null ? [] : Suggest.For(name, services.Keys));
            return;
        }

        var kind = r.Text("kind") switch { "tcp" => RouteKind.Tcp, "tls-passthrough" => RouteKind.TlsPassthrough, _ => RouteKind.Http };
        var route = new RouteSpec
        {
            Kind = kind,
            Service = name,
            Port = Port(r, service),
            Host = r.Text("host")?.ToLowerInvariant(),
            Path = Path(r),
            Strip = r.Flag("strip"),
            Listen = r.Int("listen") ?? (kind is RouteKind.TlsPassthrough ? 443 : null),
            Timeout = r.Duration("timeout"),
            Tls = r.Text("tls") switch { "off" => TlsMode.Off, "required" => TlsMode.Required, _ => TlsMode.Auto },
        };
        Check(r, route);
        Add(route, r);
    }

    private static string Path(Reader r)
    {
        var path = r.Text("path") ?? "/";
        if (!path.StartsWith('/'))
            r.Error(ManifestProblems.RouteInvalid, $"{r.Below("path")} must start with '/'", "path");
        return path.Length > 1 ? path.TrimEnd('/') is { Length: > 0 } trimmed ? trimmed : "/" : path;
    }

    private static void Check(Reader r, RouteSpec route)
    {
        if (route.Kind is RouteKind.Http && r.Has("listen"))
            r.Error(ManifestProblems.RouteInvalid, $"{r.Path}: 'listen' is for tcp and tls-passthrough; write kind: tcp", "listen");
        if (route.Kind is RouteKind.Tcp && (r.Has("host") || r.Has("path")))
            r.Error(ManifestProblems.RouteInvalid, $"{r.Path}: a tcp route has neither host nor path", r.Has("host") ? "host" : "path");
        if (route.Kind is RouteKind.Tcp && !r.Has("listen"))
            r.Error(ManifestProblems.RouteInvalid, $"{r.Path}: a tcp route needs 'listen'", "");
        if (route.Kind is RouteKind.TlsPassthrough && !r.Has("host"))
            r.Error(ManifestProblems.RouteInvalid, $"{r.Path}: a tls-passthrough route needs a host", "");
        if (route.Listen is < 1 or > 65535)
            r.Error(ManifestProblems.RouteInvalid, $"{r.Below("listen")} must be a port", "listen");
        if (route.Host is { } host && !HostNames.IsValid(host))
            r.Error(ManifestProblems.RouteInvalid, $"{r.Below("host")}: '{(host.Length <= 60 ? host : host[..60] + "…")}' is not a hostname", "host");
    }

    private int? Port(Reader r, ServiceDraft service)
    {
        if (service.IsStatic)
            return null;
        if (r.Text("port") is not { } named)
        {
            if (service.UsualPort is null)
                r.Error(ManifestProblems.RouteInvalid, $"{r.Path}: the port of '{service.Name}' is not clear; write port here or at the service", "");
            return service.UsualPort;
        }

        if (PortNames.Resolve(named, service.NamedPorts) is { } port)
            return port;
        faults.Error(ManifestProblems.RouteInvalid, $"{r.Path}: '{service.Name}' has no port '{named}'", r.At("port"), r.Path, Suggest.For(named, service.NamedPorts.Keys));
        return null;
    }

    private void Published(ServiceDraft service)
    {
        var ports = service.Compose.Items("ports").ToArray();
        foreach (var port in service.Spec.Ports.Where(p => p.Protocol is "tcp" && p.Mode is not "host"))
        {
            var at = Array.Find(ports, p => p.Int("target") == port.Target)?.Map.At ?? service.At;
            if (port.Published is not { Length: > 0 } published)
            {
                if (!_routes.Exists(r => r.Service == service.Name && r.Port == port.Target))
                    faults.Note(ManifestProblems.PortConverted, $"{service.Path}: port {port.Target} has no host port and is reached inside the app only; add a route to serve it", at, service.Path);
                continue;
            }

            if (PortNames.Number(published.Split('-')[0]) is { } listen)
                Convert(service, port, listen, at);
            else
                faults.Error(ManifestProblems.PortInvalid, $"{service.Path}: '{published}' is not a port of the host", at, service.Path);
        }
    }

    private void Convert(ServiceDraft service, PortSpec port, int listen, SourcePosition? at)
    {
        var isHttp = listen is 80 or 443;
        if (isHttp && _routes.Exists(r => r.Service == service.Name && r.Port == port.Target && r.Kind is RouteKind.Http))
            return;
        var route = new RouteSpec
        {
            Kind = isHttp ? RouteKind.Http : RouteKind.Tcp,
            Service = service.Name,
            Port = port.Target,
            Listen = isHttp ? null : listen,
            ListenAddress = isHttp ? null : port.HostIp,
            IsDerived = true,
        };
        if (_routes.Exists(r => Same(r, route)))
        {
            if (_routes.Exists(r => Same(r, route) && (r.Service != route.Service || r.Port != route.Port)))
                faults.Error(ManifestProblems.RouteInvalid, $"{service.Path}: port {listen} is published twice", at, service.Path);
            return;
        }

        _routes.Add(route);
        var becomes = isHttp ? "an http route on the app's default host" : $"a tcp route held by the edge at port {listen}";
        faults.Note(ManifestProblems.PortConverted, $"{service.Path}: the published port {listen} becomes {becomes}", at, service.Path);
    }

    /// <summary>A web service that nobody routes gets the app's default host.</summary>
    private void Usual(ServiceDraft service)
    {
        var wants = service.Own.Text("kind") is "web" or "static";
        if (!wants || _routes.Exists(r => r.Service == service.Name))
            return;
        var route = new RouteSpec { Kind = RouteKind.Http, Service = service.Name, Port = service.IsStatic ? null : service.UsualPort, IsDerived = true };
        if (_routes.Exists(r => Same(r, route)) || (route.Port is null && !service.IsStatic))
        {
            var why = route.Port is null && !service.IsStatic ? "its port is not clear; write port" : "the default host is taken; write a route";
            faults.Error(ManifestProblems.KindContradiction, $"{service.Path} is of kind {service.Own.Text("kind")} and has no route: {why}", service.Own.At("kind"), service.Path);
            return;
        }

        _routes.Add(route);
    }

    private void Add(RouteSpec route, Reader r)
    {
        if (_routes.Find(o => Same(o, route)) is { } other)
            r.Error(ManifestProblems.RouteInvalid, $"{r.Path}: '{other.Service}' is routed there already", "");
        else
            _routes.Add(route);
    }

    private static bool Same(RouteSpec a, RouteSpec b) => (a.Kind, b.Kind) switch
    {
        (RouteKind.Http, RouteKind.Http) => a.Host == b.Host && a.Path == b.Path,
        (RouteKind.TlsPassthrough, RouteKind.TlsPassthrough) => a.Host == b.Host && a.Listen == b.Listen,
        (RouteKind.Tcp, RouteKind.Tcp) => a.Listen == b.Listen && (a.ListenAddress == b.ListenAddress || a.ListenAddress is null || b.ListenAddress is null),
        (RouteKind.Tcp, RouteKind.TlsPassthrough) or (RouteKind.TlsPassthrough, RouteKind.Tcp) => a.Listen == b.Listen,
        _ => false,
    };
}
