using System.Globalization;
using Davit.ControlPlane.Deployments;
using Davit.ControlPlane.Disks;
using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.Reconciling;
using Davit.ControlPlane.Volumes;
using Davit.Model;
using Davit.Planning.Rollouts;
using Davit.Planning.Wishes;
using Davit.Store;
using Davit.Store.Ledger;
using Davit.Store.Releasing;
using Davit.Store.Resources;
using Davit.Wire;

namespace Davit.ControlPlane.Envs;

/// <summary>Holds what is wished against what is seen now, with one reason for each difference.</summary>
internal sealed class StatusReading(Database database, Observer observer, ServerOptions options, DiskGuard disk, VolumeReading volumes)
{
    public async Task<StatusView> ReadAsync(EnvRow env, CancellationToken ct)
    {
        var (serving, wish) = await ServingAsync(env, ct);
        var unfinished = await database.ReadAsync(db => DeploymentTable.UnfinishedAsync(db, env.Id, ct), ct);
        var (sight, blind) = await SightAsync(env, ct);
        var ids = await database.ReadAsync(db => ServiceTable.IdsAsync(db, env.Id, ct), ct);
        List<ServiceStatusView> services = wish is null ? [] : [.. wish.Services.Select(s => Service(s, sight, env, serving?.ReleaseId?.ToString() ?? "") with { Id = ids.GetValueOrDefault(s.Name).ToString() })];
        var release = serving?.ReleaseId is { } id ? await database.ReadAsync(db => ReleaseTable.GetAsync(db, id, ct), ct) : null;
        var stored = await volumes.ListAsync(env, wish, ct);
        IReadOnlyList<ConditionView> conditions = [.. blind is null ? [] : (ConditionView[])[blind], .. Conditions(env, sight, services, wish)];
        return new StatusView(env.AppName, env.Name, State(env, services, (unfinished.Count > 0, blind is not null), conditions), sight?.At ?? observer.LastSeen(env.Id))
        {
            Release = release?.Id.ToString(),
            ReleaseNumber = release?.Number,
            Deployment = serving?.Id.ToString(),
            Services = services,
            Urls = wish is null || env.Stopped ? [] : Urls(wish),
            Conditions = [.. conditions, .. Disk(), .. stored.Where(v => v.Worry is not "").Select(v => new ConditionView(v.Worry, v.Name, v.WorryDetail, $"davit volume get {v.Name}"))],
            Volumes = stored,
            Traffic = sight?.Edge.Traffic ?? "",
            TrafficMessage = sight?.Edge.TrafficMessage ?? "",
            Running = unfinished is [var first, ..] ? DeploymentViews.Of(first, null, []) : null,
        };
    }

    public async Task<IReadOnlyList<InstanceView>> InstancesAsync(EnvRow env, CancellationToken ct)
    {
        var (sight, _) = await SightAsync(env, ct);
        return sight is null ? [] : [.. sight.Instances.OrderBy(i => i.Service, StringComparer.Ordinal).ThenBy(i => i.Ordinal).Select(i => Instance(i, sight))];
    }

    /// <summary>One instance as it is now, or as the ledger remembers it.</summary>
    public async Task<InstanceView?> InstanceAsync(EnvRow env, string reference, CancellationToken ct)
    {
        if (await database.ReadAsync(db => InstanceLedger.FindAsync(db, env.Id, reference, ct), ct) is not { } row)
            return null;
        var (sight, _) = await SightAsync(env, ct);
        return sight?.Instances.FirstOrDefault(i => i.Id == row.Id) is { } seen
            ? Instance(seen, sight)
            : new InstanceView(row.Id.ToString(), row.Name, row.Service, row.RemovedAt is not null ? "removed" : sight is null ? "unseen" : "missing", row.ReleaseId.ToString(), row.RemovedAt ?? row.CreatedAt, 0) { RemovedAt = row.RemovedAt };
    }

    public async Task<IReadOnlyList<RouteView>> RoutesAsync(EnvRow env, CancellationToken ct)
    {
        var (_, wish) = await ServingAsync(env, ct);
        var ids = await database.ReadAsync(db => RouteClaims.IdsAsync(db, env.Id, ct), ct);
        return wish is null ? [] : [.. wish.Routes.Select(r => new RouteView(ids.GetValueOrDefault(r.Claim).ToString(), r.Kind.ToString().ToLowerInvariant(), r.Host, r.Path, r.Service, r.Listen is 0 ? null : r.Listen, Url(r)))];
    }

    public IReadOnlyList<string> Urls(Wish wish) => [.. wish.Routes.Select(Url)];

    private string Url(RouteWish route) => route.Url(options.HttpPort);

    private async Task<(DeploymentRow? Row, Wish? Wish)> ServingAsync(EnvRow env, CancellationToken ct)
    {
        var row = env.ServingId is { } id ? await database.ReadAsync(db => DeploymentTable.GetAsync(db, id, ct), ct) : null;
        return (row, row?.Wish is { } wish ? WishJson.Read(wish).WithScale(env.Scale) : null);
    }

    private async Task<(Sight? Sight, ConditionView? Blind)> SightAsync(EnvRow env, CancellationToken ct)
    {
        try
        {
            return (await observer.LookAsync(env, ct), null);
        }
        catch (ProblemException e)
        {
            var since = observer.LastSeen(env.Id).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            return (null, new ConditionView(e.Problem.Name, env.Name, $"Nothing has been seen since {since}; what ran then is left alone. {e.Problem.Detail}", e.Problem.Hint));
        }
    }

    private static ServiceStatusView Service(ServiceWish service, Sight? sight, EnvRow env, string release)
    {
        var isHeld = !env.Stopped && env.HeldVolumes.Any(service.Mounts);
        var wanted = env.Stopped || service.Static is not null ? 0 : service.Scale;
        var instances = sight?.Of(service.Name).ToList() ?? [];
        var ready = instances.Count(i => i.SpecHash == service.SpecHash && (service.IsJob ? i.Condition is InstanceCondition.Ended { ExitCode: 0 } : i.IsReady));
        return new ServiceStatusView("", service.Name, service.Kind.ToString().ToLowerInvariant(), wanted, ready, sight is null && wanted > 0 ? "cannot be seen now" : isHeld ? "stopped until a volume of it is backed up or restored" : Reason(service, instances, wanted, ready))
        {
            Instances = [.. instances.OrderBy(i => i.Ordinal).Select(i => Instance(i, sight!) with { Serving = i.SpecHash == service.SpecHash && release is not "" })],
        };
    }

    private static string Reason(ServiceWish service, List<InstanceSeen> instances, int wanted, int ready)
    {
        if (ready >= wanted)
            return instances.Count > wanted ? $"{instances.Count - wanted} more to go" : "";
        var sick = instances.FirstOrDefault(i => i.SpecHash == service.SpecHash && !i.IsReady);
        return sick is null ? $"{wanted - ready} missing"
            : sick.Revivals >= SteadyPlanner.LoopsAfter ? $"{sick.Name} crashes in a loop: {sick.Revivals} starts in a row, the last run {sick.Condition}"
            : $"{sick.Name} is {sick.Condition}";
    }

    private static InstanceView Instance(InstanceSeen seen, Sight sight) => new(
        seen.Id.ToString(), seen.Name, seen.Service, seen.Condition.ToString(), seen.Release.ToString(), Since(seen.Condition), seen.Restarts)
    {
        Address = seen.Address,
        EdgeHealth = sight.Edge.Routed.Contains(seen.Name) ? "routed" : sight.Edge.Draining.Contains(seen.Name) ? "draining" : "",
    };

    private static DateTimeOffset? Since(InstanceCondition condition) => condition switch
    {
        InstanceCondition.Ready r => r.Since,
        InstanceCondition.Unready u => u.Since,
        InstanceCondition.Ended e => e.At,
        InstanceCondition.Created or InstanceCondition.Restarting => null,
    };

    /// <summary>What a full disk holds back is the next deployment, not what runs: the environment is as ready as it was.</summary>
    private IEnumerable<ConditionView> Disk()
    {
        var (fullest, level) = disk.Look();
        if (level >= DiskLevel.RefuseWork)
            yield return new("disk-full", fullest.Path, $"{fullest.Percent} % is used: builds, pulls and uploads {(level is DiskLevel.RefuseLogs ? "and new lines of logs " : "")}are refused", "davit gc");
    }

    private static IEnumerable<ConditionView> Conditions(EnvRow env, Sight? sight, List<ServiceStatusView> services, Wish? wish)
    {
        if (sight is { Edge.IsReachable: false })
            yield return new("edge-behind", env.Name, "the edge does not answer; it may serve an older table", "davit doctor");
        else if (sight is not null && wish is not null && !env.Stopped && !Slice.Of(wish, sight).IsInForce(sight.Edge))
            yield return new("edge-behind", env.Name, "the edge has not taken over the instances that are wanted now", "davit status");
        foreach (var service in services.Where(s => sight is not null && s.Ready < s.Wanted))
            yield return new("degraded", service.Name, service.Reason, $"davit logs {service.Name}");
    }

    private static string State(EnvRow env, List<ServiceStatusView> services, (bool Moving, bool Blind) now, IReadOnlyList<ConditionView> conditions) =>
        env.Deleting ? "deleting"
        : now.Moving ? "deploying"
        : env.Stopped ? "stopped"
        : services.Count is 0 ? "empty"
        : now.Blind ? "unseen"
        : conditions.Count > 0 ? "degraded"
        : "ready";
}
