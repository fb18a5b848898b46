using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection;
using Davit.Edge.AccessLog;
using Davit.Edge.Draining;
using Davit.Edge.Routing;
using Davit.Edge.Tcp;
using Davit.Model;

namespace Davit.Edge.Control;

/// <summary>Answers questions about the table: what it serves, how its targets are, where a URL would lead.</summary>
internal sealed class EdgeReport(RouteTable table, Drainer drainer, EdgeNotes notes, TcpPorts ports, Listeners listeners, TimeProvider clock)
{
    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();

    public EdgeStatus Status()
    {
        var now = table.Current;
        var draining = drainer.Draining().Where(t => t.InFlight > 0).ToArray();
        var removed = draining.Where(t => !now.Slices.ContainsKey(t.Key.Environment)).GroupBy(t => t.Key.Environment, StringComparer.Ordinal);
        using var process = Process.GetCurrentProcess();
        return new EdgeStatus(
            typeof(EdgeReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
            _startedAt, now.Version, table.Age, [.. now.Slices.Values.Select(s => Of(s, now, draining)), .. removed.Select(Of)], notes.Read())
        {
            Listeners = [.. listeners.Status, .. ports.Status()],
            ResidentBytes = process.WorkingSet64,
            OpenConnections = listeners.OpenConnections,
        };
    }

    public EnvironmentCounters Counters(string environment)
    {
        var now = table.Current;
        if (!now.Slices.ContainsKey(environment))
            throw new ProblemException(EdgeProblems.UnknownEnvironment(environment));

        return new EnvironmentCounters(environment, [.. now.Routes.Where(r => r.Environment == environment)
            .Select(r => r.Figures.Read(r.Route.Id, r.Route.Service, r.Service.Targets.Sum(t => t.Target.Ejection.Count)))]);
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
            [.. route.Service.Targets.Where(t => t.Target.MayServe).Select(t => t.Target.Endpoint.ToString())]);
    }

    /// <summary>Targets that left the table but still finish something belong to it: nobody may stop their instances yet.</summary>
    private static EnvironmentStatus Of(EnvironmentSlice slice, TableSnapshot now, Target[] draining)
    {
        ImmutableArray<TargetStatus> targets =
        [
            .. now.Routes.Where(r => r.Environment == slice.Environment.Environment).SelectMany(r => r.Service.Targets).Select(t => t.Target).Distinct().Select(Of),
            .. draining.Where(t => t.Key.Environment == slice.Environment.Environment).Distinct().Select(Of),
        ];
        return new EnvironmentStatus(slice.Environment.Environment, slice.Fence, slice.Switch, slice.Outcome.At, slice.Environment.Traffic.Mode, targets);
    }

    /// <summary>An environment that was removed, for as long as something of it still runs.</summary>
    private static EnvironmentStatus Of(IGrouping<string, Target> draining) =>
        new(draining.Key, 0, "", default, TrafficMode.Serving, [.. draining.Distinct().Select(Of)]);

    private static TargetStatus Of(Target target) => new(
        target.Key.Service, target.Release, target.Key.Instance, target.Endpoint.ToString(),
        target.MayServe && target.Ejection.IsOut ? TargetHealth.Ejected : target.Health, target.InFlight, target.Requests, target.Ring);
}
