using Davit.Console.Shell;
using Davit.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Davit.Console.Home;

/// <summary>What the first page shows.</summary>
public sealed record HomeView(ProfileView Me, IReadOnlyList<AppLine> Apps);

/// <summary>An app of an org that the person belongs to.</summary>
public sealed record AppLine(string Org, string Project, AppView App);

/// <summary>The first page.</summary>
internal static class HomeEndpoint
{
    public static void MapHome(this IEndpointRouteBuilder app) => app.MapGet("/", ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext context, ApiCaller caller, CancellationToken ct)
    {
        using var api = caller.For(context);
        var me = await api.GetAsync("v1/me", WireJson.Default.ProfileView, ct);
        List<AppLine> apps = [];
        foreach (var org in me.Orgs)
        {
            await foreach (var project in api.ListAsync($"v1/orgs/{org.Id}/projects", WireJson.Default.PageProjectView, ct))
            {
                await foreach (var app in api.ListAsync($"v1/orgs/{org.Id}/projects/{project.Id}/apps", WireJson.Default.PageAppView, ct))
                    apps.Add(new(org.Name, project.Name, app));
            }
        }

        return Pages.Show<HomePage>(new { View = new HomeView(me, apps) });
    }
}
