using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Reflection;
using Davit.Edge.AccessLog;
using Davit.Edge.Draining;
using Davit.Edge.Routing;
using Davit.Edge.Tcp;
using Davit.Edge.Upgrading;
using Davit.Model;

namespace Davit.Edge.Control;

/// <summary>Answers questions about the table: what it serves, how its targets are, where a URL would lead.</summary>
internal sealed class EdgeReport(RouteTable table, Drainer drainer, EdgeNotes notes, TcpPorts ports, Listeners listeners, TimeProvider clock)
{
    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();
    private readonly Predecessors _predecessors = drainer.Predecessors;

    public EdgeStatus Status()
    {
        var now = table.Current;
        var followed = _predecessors.HaveFollowed(now.Version);
        var draining = drainer.Draining().Where(t => !followed || InFlight(t) > 0).ToArray();
        var removed = draining.Where(t => !now.Slices.ContainsKey(t.Key.Environment)).GroupBy(t => t.Key.Environment, StringComparer.Ordinal);
        using var process = Process.GetCurrentProcess();
        return new EdgeStatus(
            typeof(EdgeReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
            _startedAt, now.Version, table.Age, [.. now.Slices.Values.Select(s => Of(s, now, draining)), .. removed.Select(Of)], notes.Read())
        {
            Listeners = [.. listeners.Status, .. ports.Status()],
            ResidentBytes = process.WorkingSet64,
            OpenConnections = listeners.OpenConnections,
            ProcessId = Environment.ProcessId,
            Predecessors = [.. _predecessors.Live().Select(p => new PredecessorStatus(p.ProcessId, p.Connections))],
        };
    }

    public EnvironmentCounters Counters(string environment)
    {
        var now = table.Current;
        if (!now.Slices.ContainsKey(environment))
            throw new ProblemException(EdgeProblems.UnknownEnvironment(environment));

        return new EnvironmentCounters(environment, [.. now.Routes.Where(r => r.Environment == environment)
            .Select(r => r.Figures.Read(r.Route.Id, r.Route.Service, r.Service.AllTargets.Sum(t => t.Target.Ejection.Count)))]);
    }

    public EnvironmentSplits Splits(string environment)
    {
        var now = table.Current;
        if (!now.Slices.ContainsKey(environment))
            throw new ProblemException(EdgeProblems.UnknownEnvironment(environment));

        var split = now.Routes.Where(r => r.Environment == environment && r.Service.NewSide is not null).Select(r => r.Service).DistinctBy(s => s.Spec.Name, StringComparer.Ordinal);
        return new EnvironmentSplits(environment, [.. split.Select(s => new SplitCounters(s.Spec.Name, s.Spec.Split!.Seed, s.Spec.Split.Percent, Of(s), Of(s.NewSide!)))]);

        static SideCounters Of(BoundService side) => side.Figures!.Read(side.Spec.Release);
    }

    public RouteTest Test(Uri url)
    {
        var host = HostName.Bare(url.IdnHost);
        if (table.Current.Match(host, RoutePath.Decoded(url.AbsolutePath)) is not { } route)
            return new RouteTest("", "", "", "no route matches", "", []);

        var rule = $"{(route.Route.Host is "" ? "default" : route.Route.Host is ['*', ..] ? "wildcard" : "exact")} host, prefix {route.Route.PathPrefix}";
        var upstream = url.PathAndQuery;
        if (route.Route.Strip && !RoutePath.TryStrip(upstream, route.Route.PathPrefix, out upstream))
            upstream = "";

        return new RouteTest(
            route.Route.Id, route.Environment, route.Route.Service, rule, upstream,
            [.. route.Service.AllTargets.Where(t => t.Target.MayServe).Select(t => t.Target.Endpoint.ToString())]);
    }

    /// <summary>Targets that left the table but still finish something belong to it: nobody may stop their instances yet.</summary>
    private EnvironmentStatus Of(EnvironmentSlice slice, TableSnapshot now, Target[] draining)
    {
        Target[] own =
        [
            .. now.Routes.Where(r => r.Environment == slice.Environment.Environment).SelectMany(r => r.Service.AllTargets).Select(t => t.Target).Distinct(),
            .. draining.Where(t => t.Key.Environment == slice.Environment.Environment).Distinct(),
        ];
        var known = own.Select(t => t.Key).ToHashSet();
        ImmutableArray<TargetStatus> targets = [.. own.Select(Of), .. Elsewhere(slice.Environment.Environment).Where(l => !known.Contains(Predecessors.Key(l))).Select(Of)];
        return new EnvironmentStatus(slice.Environment.Environment, slice.Fence, slice.Switch, slice.Outcome.At, slice.Environment.Traffic?.Mode ?? TrafficMode.Serving, targets)
        {
            TrafficMessage = slice.Environment.Traffic?.Message ?? "",
        };
    }

    /// <summary>An environment that was removed, for as long as something of it still runs.</summary>
    private EnvironmentStatus Of(IGrouping<string, Target> draining) =>
        new(draining.Key, 0, "", default, TrafficMode.Serving, [.. draining.Distinct().Select(Of)]);

    /// <summary>Targets that left the table before an upgrade, but that the old process still talks to.</summary>
    private IEnumerable<TargetLoad> Elsewhere(string environment) => _predecessors.Loads().Where(l => l.Environment == environment).DistinctBy(Predecessors.Key);

    /// <summary>What runs on targets of an environment that its table no longer names.</summary>
    public int Remaining(string environment)
    {
        var named = TableCompiler.Targets(table.Current).Select(t => t.Key).ToHashSet();
        return Elsewhere(environment).Where(l => !named.Contains(Predecessors.Key(l))).Sum(l => _predecessors.InFlight(Predecessors.Key(l)));
    }

    private int InFlight(Target target) => target.InFlight + _predecessors.InFlight(target.Key);

    private TargetStatus Of(TargetLoad load) => new(
        load.Service, load.Release, load.Instance, new IPEndPoint(IPAddress.Parse(load.Address), load.Port).ToString(), TargetHealth.Draining,
        _predecessors.InFlight(Predecessors.Key(load)), 0, []);

    private TargetStatus Of(Target target) => new(
        target.Key.Service, target.Release, target.Key.Instance, target.Endpoint.ToString(),
        target.MayServe && target.Ejection.IsOut ? TargetHealth.Ejected : target.Health, InFlight(target), target.Requests, target.Ring);
}
