using System.Collections.Immutable;
using Davit.Edge.AccessLog;
using Davit.Edge.Control;
using Davit.Edge.Static;

namespace Davit.Edge.Routing;

/// <summary>Joins slices into a snapshot. Targets, figures and sites that the last snapshot has are taken over, not made anew.</summary>
internal sealed class TableCompiler(TimeProvider clock)
{
    /// <param name="last">The table so far; nothing of it is changed.</param>
    /// <param name="slices">All of them, as they are to be.</param>
    /// <param name="newTargets">The health that targets begin with.</param>
    /// <param name="changed">The environment that is being switched: what is gone there and named again is a new target.</param>
    public TableSnapshot Compile(TableSnapshot last, ImmutableSortedDictionary<string, EnvironmentSlice> slices, TargetHealth newTargets, string changed)
    {
        var targets = Targets(last).Where(t => t.Health is not TargetHealth.Gone || t.Key.Environment != changed).ToDictionary(t => t.Key);
        var figures = last.Routes.ToDictionary(r => (r.Environment, r.Route.Id), r => r.Figures);
        var sites = last.Routes.Where(r => r.Service.Site is not null).DistinctBy(r => (r.Environment, r.Service.Spec.Name))
            .ToDictionary(r => (r.Environment, r.Service.Spec.Name), r => r.Service.Site);
        var routes = ImmutableArray.CreateBuilder<BoundRoute>();
        foreach (var environment in slices.Values.Select(s => s.Environment))
        {
            var services = environment.Services.ToDictionary(s => s.Name, s => Join(environment.Environment, s), StringComparer.Ordinal);
            routes.AddRange(environment.Routes.Select(r => new BoundRoute(
                environment.Environment, r, services[r.Service], environment.Traffic ?? EdgeTraffic.Serving, figures.GetValueOrDefault((environment.Environment, r.Id)) ?? new RouteFigures())));
        }

        return new TableSnapshot(last.Version + 1, slices, routes.ToImmutable());

        BoundService Join(string environment, EdgeService service)
        {
            var bound = new BoundService(service, Bind(environment, service, targets, newTargets), Site(service, sites.GetValueOrDefault((environment, service.Name))));
            if (service.Split is not { } split)
                return bound;

            var before = last.Routes.FirstOrDefault(r => r.Environment == environment && r.Service.Spec.Name == service.Name && r.Service.Spec.Split?.Seed == split.Seed)?.Service;
            var side = new BoundService(split.To, Bind(environment, split.To, targets, newTargets), Site(split.To, bound.Site));
            return bound with { Figures = before?.Figures ?? new SideFigures(), NewSide = side with { Figures = before?.NewSide?.Figures ?? new SideFigures() } };
        }
    }

    /// <summary>Every target that a route of the table leads to, once.</summary>
    public static IEnumerable<Target> Targets(TableSnapshot table) =>
        table.Routes.SelectMany(r => r.Service.AllTargets).Select(t => t.Target).Distinct();

    /// <summary>Gives the targets what the table says about them; called when it is certain that the table will be served.</summary>
    public static void Settle(TableSnapshot table)
    {
        foreach (var service in table.Routes.SelectMany(r => r.Service.Sides).Distinct(ReferenceEqualityComparer.Instance).Cast<BoundService>())
        {
            foreach (var (target, _) in service.Targets)
                (target.Release, target.Probe, target.Drain) = (service.Spec.Release, service.Spec.Probe, service.Spec.Drain);
        }
    }

    public static TargetKey Key(string environment, string service, EdgeTarget target) =>
        new(environment, service, target.Instance, target.Address, target.Port, target.Http2);

    private ImmutableArray<WeightedTarget> Bind(string environment, EdgeService service, Dictionary<TargetKey, Target> known, TargetHealth health)
    {
        return [.. service.Targets.Select(t => new WeightedTarget(Find(Key(environment, service.Name, t)), t.Weight))];

        Target Find(TargetKey key)
        {
            if (!known.TryGetValue(key, out var target))
                known[key] = target = new Target(key, service.Release, clock) { Health = health };

            return target;
        }
    }

    private SiteRoot? Site(EdgeService service, SiteRoot? last) => service.Site switch
    {
        null => null,
        var site when last?.Site.Root == site.Root => last with { Site = site },
        var site => new SiteRoot(site, last?.Site.Root, clock.GetUtcNow()),
    };
}
