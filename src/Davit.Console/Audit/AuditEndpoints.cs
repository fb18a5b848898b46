using Davit.Console.Envs;
using Davit.Console.Shell;
using Davit.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Davit.Console.Audit;

/// <summary>What was done and refused in an org, newest first.</summary>
/// <param name="Filter">What the list was asked for.</param>
public sealed record AuditPageView(UserView Person, string Org, AuditFilter Filter, Page<EventView> Events);

/// <summary>Only what fits every part that is given.</summary>
public sealed record AuditFilter(string? Actor, string? Type, string? Resource, string? Decision, string? Address, string? Since, string? Until)
{
    public Query Query => Query.Of(("actor", Actor), ("type", Type), ("resource", Resource), ("decision", Decision), ("address", Address), ("since", Since), ("until", Until));
}

/// <summary>The audit log of an org.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder app) => app.MapGet("/orgs/{org}/audit", ShowAsync);

    private static async Task<IResult> ShowAsync(string org, [AsParameters] AuditFilter filter, string? cursor, HttpContext context, ApiCaller caller, CancellationToken ct)
    {
        using var api = caller.For(context);
        var me = await api.GetAsync("v1/me", WireJson.Default.ProfileView, ct);
        var query = cursor is null ? filter.Query : filter.Query.And("cursor", cursor);
        var page = await api.GetAsync($"v1/orgs/{EnvAddress.Part(org)}/audit{query}", WireJson.Default.PageEventView, ct);
        return Pages.Show<AuditPage>(new { View = new AuditPageView(me.User, org, filter, page) });
    }
}
