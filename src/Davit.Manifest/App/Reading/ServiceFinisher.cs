using System.Collections.Immutable;
using Davit.Manifest.Loading;
using Davit.Model;

namespace Davit.Manifest.App.Reading;

/// <summary>Adds to a service what only the whole app tells: kind, health, rollout, scale and whether it can be replaced without a pause.</summary>
internal sealed class ServiceFinisher(AppParts parts, LoadSession session)
{
    private const int MostInstances = 100;
    private const long SmallestMemory = 6 * 1024 * 1024;

    public ServiceSpec Finish(ServiceDraft draft)
    {
        var (kind, reason) = new KindRules(parts, session.Faults).Decide(draft);
        var own = draft.Own;
        var writers = draft.SingleWriterVolumes(parts.Volumes).ToImmutableArray();
        var rollout = draft.Compose.Child("deploy").Has("update_config") ? DeployReader.Rollout(draft.Compose.Child("deploy").Child("update_config")) : RolloutSpec.Default;
        rollout = own.Has("rollout") ? DeployReader.Rollout(own.Child("rollout"), rollout) : rollout;
        var resources = own.Has("resources") ? ResourceReader.Override(draft.Spec.Resources, own.Child("resources")) : draft.Spec.Resources;
        if (resources.Memory is > 0 and < SmallestMemory)
            session.Faults.Error(ManifestProblems.MemoryTooSmall, $"{draft.Path}: the memory limit is below 6Mi", own.Has("resources") ? own.At("resources") : draft.At, draft.Path);

        return draft.Spec with
        {
            Kind = kind,
            KindReason = reason,
            Port = draft.UsualPort,
            Health = Health(draft, kind),
            Liveness = own.Has("liveness") ? new HealthReader(draft.NamedPorts, draft.UsualPort).Read(own.Child("liveness")) : null,
            Rollout = rollout,
            Resources = resources,
            Scale = Scale(draft, kind, writers),
            Static = kind is ServiceKind.Static ? AdditionsReader.Static(own, session) : null,
            Schedule = own.Has("schedule") ? AdditionsReader.Schedule(own) : null,
            Prestart = AdditionsReader.Prestart(own),
            StopFirstReasons = StopFirst(draft, writers, rollout),
        };
    }

    private HealthSpec Health(ServiceDraft draft, ServiceKind kind)
    {
        if (draft.Own.Text("health") is "none")
            return HealthSpec.None with { Origin = HealthOrigin.Davit };
        if (draft.Own.Has("health"))
            return new HealthReader(draft.NamedPorts, draft.UsualPort).Read(draft.Own.Child("health"));
        if (HealthReader.Of(draft.Spec.Healthcheck) is { } compose)
            return compose;
        if (draft.Spec.Healthcheck is { IsDisabled: true })
            return HealthSpec.None with { Origin = HealthOrigin.Compose };
        var routes = parts.RoutesOf(draft.Name).ToArray();
        var http = Array.Find(routes, r => r.Kind is RouteKind.Http);
        var other = Array.Find(routes, r => r.Kind is not RouteKind.Http);
        return kind is ServiceKind.Web or ServiceKind.Stateful
            ? HealthReader.Usual(http is not null, other is not null, http?.Port ?? other?.Port)
            : HealthSpec.None;
    }

    private ScaleSpec Scale(ServiceDraft draft, ServiceKind kind, ImmutableArray<string> writers)
    {
        var compose = draft.Compose.Int("scale") ?? draft.Spec.Deploy?.Replicas;
        var own = draft.Own.Child("scale");
        var single = draft.Own.Int("scale");
        var min = single ?? own.Int("min") ?? compose ?? 1;
        var max = single ?? own.Int("max") ?? Math.Max(min, compose ?? 1);
        var at = draft.Own.Has("scale") ? draft.Own.At("scale") : draft.Compose.Has("scale") ? draft.Compose.At("scale") : draft.At;
        if (min < 0 || max < min || max > MostInstances)
            session.Faults.Error(ManifestProblems.ScaleInvalid, $"{draft.Path}: scale must be 0 to {MostInstances} with max not below min, not {min} to {max}", at, draft.Path);
        if (max > 1 && !writers.IsEmpty && kind is not ServiceKind.Job)
        {
            var message = $"{draft.Path}: {max} instances would write to the volume '{writers[0]}' at once; scale to 1, or mark it 'shared: true' when the software can share it";
            session.Faults.Error(ManifestProblems.ReplicasOnVolume, message, at, draft.Path);
        }

        return new ScaleSpec(min, max);
    }

    /// <summary>The reasons are a closed list: other parts print and count them by these words.</summary>
    private ImmutableArray<string> StopFirst(ServiceDraft draft, ImmutableArray<string> writers, RolloutSpec rollout)
    {
        var reasons = ImmutableArray.CreateBuilder<string>();
        if (draft.Spec.Ports.Any(p => p.Published is { Length: > 0 } && (p.Protocol is not "tcp" || p.Mode is "host")) || draft.Spec.Runtime.NetworkMode is "host")
            reasons.Add("host-port");
        if (!writers.IsEmpty)
            reasons.Add("single-writer-volume");
        if (draft.Spec.Networks.Values.Any(n => n.Ipv4Address is not null || n.Ipv6Address is not null))
            reasons.Add("static-address");
        if (rollout.Strategy is RolloutStrategy.StopFirst)
            reasons.Add("asked-for");
        if (reasons.Count > 0)
            session.Faults.Note(ManifestProblems.StopFirst, $"{draft.Path} is replaced with a pause: {string.Join(", ", reasons)}", draft.At, draft.Path);
        return reasons.ToImmutable();
    }
}
