using System.Globalization;
using Davit.Manifest;

namespace Davit.Planning.Wishes;

/// <summary>The routes of an environment: those of the manifest, and a host for the app when it names none.</summary>
internal static class RouteWishes
{
    public static IReadOnlyList<RouteWish> Of(AppManifest app, WishContext context)
    {
        var written = app.Routes.Select((r, n) => Written(r, n, context)).ToList();
        if (written.Any(r => r.Kind is RouteKind.Http))
            return written;

        var reachable = app.Services.Values.Where(s => s.Kind is ServiceKind.Web or ServiceKind.Static && s.Ports.All(p => p.Published is null)).ToList();
        return [.. written, .. reachable.Select(s => new RouteWish(Key(s.Name, "/"), RouteKind.Http, s.Name)
        {
            Host = DefaultHosts.Of(context.App, context.Env, reachable.Count is 1 ? "" : s.Name, context.BaseDomain),
        })];
    }

    private static RouteWish Written(RouteSpec route, int position, WishContext context) =>
        new(Key(position.ToString("D3", CultureInfo.InvariantCulture), route.Service), route.Kind, route.Service)
        {
            Host = route.Host ?? (route.Kind is RouteKind.Http ? DefaultHosts.Of(context.App, context.Env, "", context.BaseDomain) : ""),
            Path = route.Path,
            Strip = route.Strip,
            Listen = route.Listen ?? 0,
            Port = route.Port,
            Tls = route.Tls,
            Timeout = route.Timeout,
        };

    /// <summary>Stable over deployments: the edge prefers the smaller of two equal routes, and figures are kept by it.</summary>
    private static string Key(string first, string second) => $"{first}:{second}";
}
