using System.Text.Json.Nodes;
using Dapper;
using Davit.ControlPlane.Access;
using Davit.ControlPlane.Tests.Support;
using Davit.Model.Access;
using Davit.Testing.Postgres;
using Microsoft.AspNetCore.Routing;

namespace Davit.ControlPlane.Tests.People;

/// <summary>Every endpoint that there is, for every role, in the own org and in a foreign one.</summary>
public sealed class AccessMatrixTests(PostgresServer postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_missing_permission_is_403_a_foreign_org_is_404_and_the_log_has_both()
    {
        await using var installed = await Installed.StartAsync(postgres, Ct);
        using var shop = await Shop.MakeAsync(installed, Ct);
        var app = (string)(await shop.Http.GetAsync(shop.App, Ct)).Json["name"]!;
        var foreign = "foreign-" + Unique.Digits();
        await installed.OtherOrgAsync(foreign, Ct);
        var checkedOnes = 0;

        foreach (var role in BuiltInRoles.Names)
        {
            var person = await Staff.JoinAsync(installed, installed.Token, role, Ct);
            using var api = installed.Api(person.Token);
            foreach (var (method, path, permission) in Endpoints(installed))
            {
                var own = await api.SendAsync(method, Fill(path, "default", app), Body(method), Ct);
                var isHeld = BuiltInRoles.PermissionsOf(role).Contains(permission.Name) || permission.IsSelf;
                var isRefused = own.Status is 403 && own.Code is "DV4003";
                isRefused.ShouldBe(!isHeld, $"{role}: {method} {path} needs {permission.Name}, answered {own.Status} {own.Text}");
                if (path.Contains("{org}", StringComparison.Ordinal))
                    (await api.SendAsync(method, Fill(path, foreign, app), Body(method), Ct)).ShouldBeProblem(404, "DV4001");
                checkedOnes++;
            }

            await LoggedAsync(installed, person.Id, role);
        }

        checkedOnes.ShouldBeGreaterThan(400);
    }

    private static async Task LoggedAsync(Installed installed, string actor, string role)
    {
        var denials = (await installed.Database.ReadAsync(db => db.QueryAsync<(string Permission, int Answer)>(
            "select payload->>'permission', (payload->>'answer')::int from events where type = 'access.denied' and actor = @actor", new { actor }), Ct)).ToList();
        var wanted = Endpoints(installed).Select(e => e.Permission).Where(p => !p.IsSelf && !BuiltInRoles.PermissionsOf(role).Contains(p.Name)).Select(p => p.Name).Distinct(StringComparer.Ordinal);
        denials.Where(d => d.Answer is 403).Select(d => d.Permission).Distinct(StringComparer.Ordinal).ShouldBe(wanted, ignoreOrder: true);
        denials.Count(d => d.Answer is 404).ShouldBeGreaterThan(40);
    }

    /// <summary>Those that end the session that the test walks with come last.</summary>
    private static IEnumerable<(HttpMethod Method, string Path, Permission Permission)> Endpoints(Installed installed) =>
        ((IEndpointRouteBuilder)installed.App).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<Permission>() is { IsOpen: false })
            .Select(e => (HttpMethod.Parse(e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]), "/" + e.RoutePattern.RawText!.Trim('/'), e.Metadata.GetMetadata<Permission>()!))
            .Where(e => e.Item2 is not ("/v1/orgs/{org}/membership" or "/v1/edge/upgrade"))
            .OrderBy(e => e.Item2, StringComparer.Ordinal);

    private static string Fill(string path, string org, string app) => path
        .Replace("{org}", org, StringComparison.Ordinal).Replace("{project}", "default", StringComparison.Ordinal).Replace("{app}", app, StringComparison.Ordinal).Replace("{env}", "production", StringComparison.Ordinal)
        .Replace("{session}", "ses_019a000000007000800000000000000f", StringComparison.Ordinal).Replace("{token}", "key_019a000000007000800000000000000f", StringComparison.Ordinal)
        .Replace("{grant}", "grt_019a000000007000800000000000000f", StringComparison.Ordinal).Replace("{invitation}", "ivt_019a000000007000800000000000000f", StringComparison.Ordinal)
        .Replace("{member}", "nobody@example.com", StringComparison.Ordinal).Replace("{", "no-", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);

    private static HttpContent? Body(HttpMethod method) => method == HttpMethod.Get || method == HttpMethod.Delete ? null : Api.Json(new JsonObject().ToJsonString());
}
