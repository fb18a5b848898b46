using System.Globalization;
using System.Net.ServerSentEvents;
using Davit.Console.Envs;
using Davit.Console.Logs;
using Davit.Console.Shell;
using Davit.Model;
using Davit.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Davit.Console.Deployments;

/// <summary>A deployment and where it is.</summary>
/// <param name="Lines">Its log, once it has ended; until then the log comes as it is written.</param>
public sealed record DeploymentPageView(UserView Person, EnvAddress At, DeploymentView Deployment, IReadOnlyList<LogLineView> Lines)
{
    /// <summary>A build may write more than a page can hold.</summary>
    public const int MostLines = 5_000;

    /// <summary>Proof of what has just been done here.</summary>
    public ReceiptView? Done { get; init; }
}

/// <summary>A deployment as it happens, and the ways to begin and to end one.</summary>
internal static class DeploymentEndpoints
{
    public static void MapDeployments(this IEndpointRouteBuilder app)
    {
        var deployments = app.MapGroup("/orgs/{org}/projects/{project}/apps/{app}/envs/{env}/deployments");
        deployments.MapPost("", BeginAsync);
        deployments.MapGet("/{deployment}", ShowAsync);
        deployments.MapGet("/{deployment}/live", LiveAsync).WithMetadata(new Lives());
        deployments.MapGet("/{deployment}/log", LogAsync).WithMetadata(new Lives());
        deployments.MapPost("/{deployment}/cancel", CancelAsync);
    }

    private static string ApiPath(EnvAddress at, string deployment) => $"{at.ApiPath}/deployments/{EnvAddress.Part(deployment)}";

    private static async Task<IResult> ShowAsync([AsParameters] EnvAddress at, string deployment, string? receipt, HttpContext context, ApiCaller caller, CancellationToken ct)
    {
        using var api = caller.For(context);
        var me = await api.GetAsync("v1/me", WireJson.Default.ProfileView, ct);
        var found = await api.GetAsync(ApiPath(at, deployment), WireJson.Default.DeploymentView, ct);
        var lines = found.Final ? await api.StreamAsync($"{ApiPath(at, found.Id)}/logs", WireJson.Default.LogLineView, ct).TakeLast(DeploymentPageView.MostLines).ToListAsync(ct) : [];
        return Pages.Show<DeploymentPage>(new { View = new DeploymentPageView(me.User, at, found, lines) { Done = await Receipts.FindAsync(api, at.OrgApiPath, receipt, ct) } });
    }

    private static Task<IResult> LiveAsync([AsParameters] EnvAddress at, string deployment, HttpContext context, ApiCaller caller, LiveParts parts, CancellationToken ct) =>
        parts.StreamAsync(caller.For(context), async api =>
        {
            var now = await api.GetAsync(ApiPath(at, deployment), WireJson.Default.DeploymentView, ct);
            return new Drawn(await parts.DrawAsync<DeploymentLive>(("At", at), ("Deployment", now)), now.Final);
        });

    /// <summary>Lines are numbered as they are kept, so after a cut it goes on behind the last one that arrived.</summary>
    private static async Task<IResult> LogAsync([AsParameters] EnvAddress at, string deployment, HttpContext context, ApiCaller caller, LiveParts parts, CancellationToken ct)
    {
        var seen = int.TryParse(context.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : 0;
        var api = caller.For(context);
        var lines = api.StreamAsync($"{ApiPath(at, deployment)}/logs?follow=true", WireJson.Default.LogLineView, ct).Select((line, before) => (Line: line, Number: before + 1)).Skip(seen);
        return await parts.StreamAsync(api, lines,
            async l => new SseItem<string>(await parts.DrawAsync<LogLine>(("Line", l.Line)), "line") { EventId = l.Number.ToString(CultureInfo.InvariantCulture) });
    }

    private static async Task<IResult> BeginAsync([AsParameters] EnvAddress at, HttpContext context, ApiCaller caller, CancellationToken ct)
    {
        var form = await Forms.ReadAsync(context.Request, ct);
        DeploymentSource source = form["kind"].ToString() switch
        {
            "rollback" => new DeploymentSource.Former(form["to"].ToString()),
            "restart" => new DeploymentSource.Serving(),
            var other => throw new ProblemException(ApiProblems.BadBody($"'{other}' is no kind of deployment that a page can begin")),
        };
        using var api = caller.For(context);
        var begun = await api.PostAsync($"{at.ApiPath}/deployments", new DeployRequest(source), (WireJson.Default.DeployRequest, WireJson.Default.ReceiptedDeploymentView), ct);
        return Receipts.Return($"{at.PagePath}/deployments/{begun.Value.Id}", begun.Receipt);
    }

    private static async Task<IResult> CancelAsync([AsParameters] EnvAddress at, string deployment, HttpContext context, ApiCaller caller, CancellationToken ct)
    {
        using var api = caller.For(context);
        var cancelled = await api.PostAsync($"{ApiPath(at, deployment)}/cancel", WireJson.Default.ReceiptedDeploymentView, ct);
        return Receipts.Return($"{at.PagePath}/deployments/{cancelled.Value.Id}", cancelled.Receipt);
    }
}
