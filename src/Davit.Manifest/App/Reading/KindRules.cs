using Davit.Manifest.Loading;
using Davit.Model;

namespace Davit.Manifest.App.Reading;

/// <summary>
/// Decides what kind a service is when nobody says, and refuses what contradicts a kind. The order of the rules is:
/// an http route, a single-writer volume, a tcp route, being waited for until it ends, and otherwise worker.
/// </summary>
internal sealed class KindRules(AppParts parts, FaultSink faults)
{
    public (ServiceKind Kind, string Reason) Decide(ServiceDraft service)
    {
        if (service.Own.Text("kind") is not { } declared)
        {
            var derived = Derive(service);
            faults.Note(ManifestProblems.KindDerived, $"{service.Path} is of kind {derived.Kind.ToString().ToLowerInvariant()}: {derived.Reason}", service.At, service.Path);
            return derived;
        }

        var kind = declared switch
        {
            "web" => ServiceKind.Web,
            "job" => ServiceKind.Job,
            "static" => ServiceKind.Static,
            "stateful" => ServiceKind.Stateful,
            _ => ServiceKind.Worker,
        };
        Contradictions(service, kind);
        return (kind, "declared");
    }

    private (ServiceKind Kind, string Reason) Derive(ServiceDraft service)
    {
        var routes = parts.RoutesOf(service.Name).ToArray();
        if (Array.Find(routes, r => r.Kind is not RouteKind.Tcp) is { } http)
            return (ServiceKind.Web, $"its port {http.Port} is routed");
        if (service.SingleWriterVolumes(parts.Volumes).FirstOrDefault() is { } volume)
            return (ServiceKind.Stateful, $"it mounts the volume '{volume}', which is not shared");
        if (routes is [var tcp, ..])
            return (ServiceKind.Web, $"its port {tcp.Port} is routed");
        if (service.Own.Has("schedule"))
            return (ServiceKind.Job, "it has a schedule");
        return parts.WaitingFor(service.Name).FirstOrDefault() is { } waiting
            ? (ServiceKind.Job, $"'{waiting}' waits until it has completed")
            : (ServiceKind.Worker, "nothing routes to it and it keeps no volume");
    }

    private void Contradictions(ServiceDraft service, ServiceKind kind)
    {
        var isRouted = parts.RoutesOf(service.Name).Any();
        var refusal = kind switch
        {
            ServiceKind.Job when isRouted => "a job ends, so it cannot have a route or a published port",
            ServiceKind.Worker when isRouted => "a worker has no port, so it cannot have a route or a published port; write kind: web",
            ServiceKind.Stateful when !service.Spec.Volumes.Any(v => v.Source is MountSource.Named) => "a stateful service needs a named volume",
            not ServiceKind.Job when service.Own.Has("schedule") => "only a job has a schedule",
            not ServiceKind.Static when service.Own.Has("directory") => "only a static service has a directory",
            _ => null,
        };
        if (refusal is not null)
            service.Own.Error(ManifestProblems.KindContradiction, $"{service.Path}: {refusal}", "kind");
    }
}
