using System.Collections.Concurrent;
using Davit.Client;
using Davit.Console.Envs;
using Davit.Console.Shell;
using Davit.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Davit.Console.Home;

/// <summary>What the first page shows.</summary>
/// <param name="Envs">Those with problems first.</param>
public sealed record HomeView(ProfileView Me, IReadOnlyList<EnvLine> Envs);

/// <summary>An environment that the person may look at.</summary>
/// <param name="Status">Null: the app has no environment yet.</param>
public sealed record EnvLine(string Org, string Project, string App, StatusView? Status)
{
    public EnvAddress? At => Status is null ? null : new EnvAddress(Org, Project, App, Status.Env);

    /// <summary>0 is what somebody should look at first.</summary>
    public int Rank => Status?.State switch { "degraded" => 0, "deploying" or "deleting" => 1, "ready" => 2, "stopped" => 3, _ => 4 };
}

/// <summary>The first page: every environment, and how it stands.</summary>
internal static class HomeEndpoint
{
    private const int AtOnce = 8;

    public static void MapHome(this IEndpointRouteBuilder app) => app.MapGet("/", ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext context, ApiCaller caller, CancellationToken ct)
    {
        using var api = caller.For(context);
        var me = await api.GetAsync("v1/me", WireJson.Default.ProfileView, ct);
        var lines = new ConcurrentBag<EnvLine>();
        foreach (var org in me.Orgs)
        {
            await foreach (var project in api.ListAsync($"v1/orgs/{org.Id}/projects", WireJson.Default.PageProjectView, ct))
            {
                var apps = api.ListAsync($"v1/orgs/{org.Id}/projects/{project.Id}/apps", WireJson.Default.PageAppView, ct);
                await Parallel.ForEachAsync(apps, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (app, _) =>
                {
                    foreach (var line in await EnvsAsync(api, (org.Name, project.Name, app.Name), $"v1/orgs/{org.Id}/projects/{project.Id}/apps/{app.Id}/envs", ct))
                        lines.Add(line);
                });
            }
        }

        return Pages.Show<HomePage>(new { View = new HomeView(me, [.. lines.OrderBy(l => l.Rank).ThenBy(l => l.App, StringComparer.Ordinal).ThenBy(l => l.Status?.Env, StringComparer.Ordinal)]) });
    }

    private static async Task<IReadOnlyList<EnvLine>> EnvsAsync(DavitClient api, (string Org, string Project, string App) at, string path, CancellationToken ct)
    {
        List<EnvLine> lines = [];
        await foreach (var env in api.ListAsync(path, WireJson.Default.PageEnvView, ct))
            lines.Add(new(at.Org, at.Project, at.App, await api.GetAsync($"{path}/{env.Id}/status", WireJson.Default.StatusView, ct)));
        return lines is [] ? [new EnvLine(at.Org, at.Project, at.App, null)] : lines;
    }
}
