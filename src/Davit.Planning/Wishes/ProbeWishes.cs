using Davit.Manifest;
using Davit.Planning.Instances;

namespace Davit.Planning.Wishes;

/// <summary>How the edge asks whether an instance takes traffic.</summary>
internal static class ProbeWishes
{
    // Without a declaration any answer below 500 says that the service is there.
    private static readonly EquatableList<string> AnyAnswer = ["100-499"];

    public static ProbeWish Of(ServiceSpec service, ReleasedService released, bool isRouted)
    {
        var health = service.Health;
        var probe = health.Probe switch
        {
            HealthProbe.Http h => new ProbeWish(ProbeKind.Http)
            {
                Port = h.Port, Path = h.Path, Host = h.Host ?? "", Headers = EquatableMap.From(h.Headers), Expect = [.. h.Expect.Select(r => r.ToString())], Body = h.Body ?? "",
            },
            HealthProbe.Tcp t => new ProbeWish(ProbeKind.Tcp) { Port = t.Port },
            HealthProbe.Grpc g => new ProbeWish(ProbeKind.Grpc) { Port = g.Port, GrpcService = g.Service ?? "" },
            HealthProbe.Command => new ProbeWish(isRouted ? ProbeKind.Tcp : ProbeKind.None),
            HealthProbe.Always => new ProbeWish(ProbeKind.None),
        };

        if (isRouted && health.Origin is HealthOrigin.Default && service.Kind is ServiceKind.Web)
            probe = released.HasHealthCheck || service.Healthcheck is { IsDisabled: false }
                ? new ProbeWish(ProbeKind.Tcp)
                : new ProbeWish(ProbeKind.Http) { Expect = AnyAnswer };

        return probe with { Interval = health.Interval, Timeout = health.Timeout, Successes = health.Successes, Failures = health.Failures };
    }
}
