using Davit.Console.Shell;
using Davit.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Davit.Console.Envs;

/// <summary>What the page of an environment shows besides what changes under the eyes.</summary>
/// <param name="Releases">Those that can be gone back to, newest first.</param>
public sealed record EnvPageView(UserView Person, EnvView Env, EnvBoard Board, IReadOnlyList<ReleaseView> Releases)
{
    /// <summary>Proof of what has just been done here.</summary>
    public ReceiptView? Done { get; init; }
}

/// <summary>An environment: how it stands, live, and what can be done to it.</summary>
internal static class EnvEndpoints
{
    private const int Releases = 20;

    public static void MapEnvs(this IEndpointRouteBuilder app)
    {
        var env = app.MapGroup("/orgs/{org}/projects/{project}/apps/{app}/envs/{env}");
        env.MapGet("", ShowAsync);
        env.MapGet("/live", LiveAsync).WithMetadata(new Lives());
        env.MapPost("/scale", ScaleAsync);
        env.MapPost("/stopped", StopAsync);
    }

    private static async Task<IResult> ShowAsync([AsParameters] EnvAddress at, string? receipt, HttpContext context, ApiCaller caller, CancellationToken ct)
    {
        using var api = caller.For(context);
        var me = await api.GetAsync("v1/me", WireJson.Default.ProfileView, ct);
        var env = await api.GetAsync(at.ApiPath, WireJson.Default.EnvView, ct);
        var board = await EnvBoard.LoadAsync(api, at, ct);
        var releases = await api.GetAsync($"{at.AppApiPath}/releases?limit={Releases}", WireJson.Default.PageReleaseView, ct);
        var view = new EnvPageView(me.User, env, board, [.. releases.Items.Where(r => r.CollectedAt is null)]) { Done = await Receipts.FindAsync(api, at.OrgApiPath, receipt, ct) };
        return Pages.Show<EnvPage>(new { View = view });
    }

    private static Task<IResult> LiveAsync([AsParameters] EnvAddress at, HttpContext context, ApiCaller caller, LiveParts parts, CancellationToken ct) =>
        parts.StreamAsync(caller.For(context), async api => new Drawn(await parts.DrawAsync<EnvLive>(("Board", await EnvBoard.LoadAsync(api, at, ct)))));

    private static async Task<IResult> ScaleAsync([AsParameters] EnvAddress at, HttpContext context, ApiCaller caller, CancellationToken ct)
    {
        var form = await Forms.ReadAsync(context.Request, ct);
        var wanted = form.ToDictionary(f => f.Key, f => Forms.Count(f.Key, f.Value.ToString()), StringComparer.Ordinal);
        using var api = caller.For(context);
        var done = await api.PutAsync($"{at.ApiPath}/scale", new ScaleRequest(wanted), (WireJson.Default.ScaleRequest, WireJson.Default.ReceiptedEnvView), ct);
        return Receipts.Return(at.PagePath, done.Receipt);
    }

    private static async Task<IResult> StopAsync([AsParameters] EnvAddress at, HttpContext context, ApiCaller caller, CancellationToken ct)
    {
        var form = await Forms.ReadAsync(context.Request, ct);
        using var api = caller.For(context);
        var done = await api.PutAsync($"{at.ApiPath}/stopped", new StopRequest(form["stopped"].ToString() is "true"), (WireJson.Default.StopRequest, WireJson.Default.ReceiptedEnvView), ct);
        return Receipts.Return(at.PagePath, done.Receipt);
    }
}
