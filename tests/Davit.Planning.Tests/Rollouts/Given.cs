using System.Collections.Immutable;
using Davit.Manifest;
using Davit.Model;
using Davit.Planning.Instances;
using Davit.Planning.Rollouts;
using Davit.Planning.Wishes;

namespace Davit.Planning.Tests.Rollouts;

/// <summary>Small wishes and worlds to put planners in.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly ReleaseId Old = ReleaseId.From(new Guid(1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]));
    public static readonly ReleaseId New = ReleaseId.From(new Guid(2, 0, 0, [0, 0, 0, 0, 0, 0, 0, 2]));

    public static Wish Wish(ReleaseId release, params ServiceWish[] services) => new(release, "shop", "production")
    {
        Services = [.. services],
        Routes = services.Any(s => s.Name is "web") ? [new RouteWish("r", RouteKind.Http, "web") { Host = "shop.example" }] : [],
    };

    public static ServiceWish Service(string name, string hash, ServiceKind kind = ServiceKind.Worker, int scale = 1) => new(
        name, kind, new InstanceSpec("", new Ownership(default, default, default, default), "sha256:" + hash) { Restart = new RestartPolicy(RestartKind.UnlessStopped) }, hash)
    {
        Scale = scale, Port = name is "web" ? 8080 : null, Startup = TimeSpan.FromSeconds(60),
    };

    public static ServiceWish Web(string hash, int scale = 1) => Service("web", hash, ServiceKind.Web, scale);

    public static Rollout Rollout(Wish wanted, Wish? serving = null, Facts? facts = null) => new(wanted, serving, facts ?? Facts.None, ImmutableDictionary<string, int>.Empty);

    public static Sight World(params InstanceSeen[] instances) => new(Now) { Instances = [.. instances] };

    public static InstanceSeen Seen(string name, string service, string hash, InstanceCondition condition) => new(name, service, hash, condition)
    {
        Address = "10.0.0." + name.Length, Ordinal = name[^1] - '0',
    };

    public static InstanceSeen Ready(string name, string service, string hash) => Seen(name, service, hash, new InstanceCondition.Ready(Now - TimeSpan.FromMinutes(5)));

    public static Sight ServedBy(this Sight world, Wish wish) => world with
    {
        Edge = new EdgeSeen(Slice.Of(wish, world).Hash)
        {
            Routed = Slice.Of(wish, world).Services.SelectMany(s => s.Targets).Select(t => t.Instance).ToImmutableHashSet(),
        },
    };
}
