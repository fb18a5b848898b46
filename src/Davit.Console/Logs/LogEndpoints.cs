using System.Globalization;
using System.Net.ServerSentEvents;
using Davit.Console.Envs;
using Davit.Console.Shell;
using Davit.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Davit.Console.Logs;

/// <summary>Only lines that fit every part that is given.</summary>
/// <param name="Grep">A regular expression.</param>
/// <param name="Since">An instant, or how long ago such as <c>15m</c>.</param>
public sealed record LogFilter(string? Service, string? Grep, string? Since)
{
    public Query Query => Query.Of(("service", Service), ("grep", Grep), ("since", Since));
}

/// <summary>The end of an environment's log.</summary>
public sealed record LogPageView(UserView Person, EnvAddress At, LogFilter Filter, IReadOnlyList<LogLineView> Lines, IReadOnlyList<string> Services)
{
    /// <summary>Where lines begin that are not on the page yet.</summary>
    public required DateTimeOffset From { get; init; }
}

/// <summary>What the services of an environment write, across releases.</summary>
internal static class LogEndpoints
{
    private const int Latest = 500;

    public static void MapLogs(this IEndpointRouteBuilder app)
    {
        var env = app.MapGroup("/orgs/{org}/projects/{project}/apps/{app}/envs/{env}");
        env.MapGet("/logs", ShowAsync);
        env.MapGet("/logs/live", FollowAsync).WithMetadata(new Lives());
    }

    private static async Task<IResult> ShowAsync([AsParameters] EnvAddress at, [AsParameters] LogFilter filter, HttpContext context, ApiCaller caller, TimeProvider clock, CancellationToken ct)
    {
        using var api = caller.For(context);
        var me = await api.GetAsync("v1/me", WireJson.Default.ProfileView, ct);
        var status = await api.GetAsync($"{at.ApiPath}/status", WireJson.Default.StatusView, ct);
        var now = clock.GetUtcNow();
        List<LogLineView> lines = [];
        await foreach (var line in api.StreamAsync($"{at.ApiPath}/logs{filter.Query.And("tail", Latest.ToString(CultureInfo.InvariantCulture))}", WireJson.Default.LogLineView, ct))
            lines.Add(line);
        var view = new LogPageView(me.User, at, filter, lines, [.. status.Services.Select(s => s.Name)]) { From = Behind(lines is [.., var last] ? last.At : now) };
        return Pages.Show<LogPage>(new { View = view });
    }

    /// <summary>After a cut it goes on behind the last line that arrived.</summary>
    private static Task<IResult> FollowAsync([AsParameters] EnvAddress at, [AsParameters] LogFilter filter, HttpContext context, ApiCaller caller, LiveParts parts, CancellationToken ct)
    {
        var seen = context.Request.Headers["Last-Event-ID"].ToString();
        var query = (filter with { Since = seen is "" ? filter.Since : seen }).Query.And("follow", "true");
        var api = caller.For(context);
        return parts.StreamAsync(api, api.StreamAsync($"{at.ApiPath}/logs{query}", WireJson.Default.LogLineView, ct),
            async line => new SseItem<string>(await parts.DrawAsync<LogLine>(("Line", line)), "line") { EventId = Behind(line.At).ToString("O") });
    }

    private static DateTimeOffset Behind(DateTimeOffset at) => at.AddMicroseconds(1);
}
