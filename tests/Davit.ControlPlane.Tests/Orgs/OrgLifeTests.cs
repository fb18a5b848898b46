using Dapper;
using Davit.ControlPlane.Orgs;
using Davit.ControlPlane.Tests.People;
using Davit.ControlPlane.Tests.Support;
using Davit.Testing.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Davit.ControlPlane.Tests.Orgs;

/// <summary>Orgs that are suspended, deleted and brought back.</summary>
public sealed class OrgLifeTests(PostgresServer postgres) : IAsyncLifetime
{
    private const string Shop = "/v1/orgs/shop";

    private Installed _installed = null!;
    private Api _operator = null!;
    private Api _owner = null!;
    private Api _stranger = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _installed = await Installed.StartAsync(postgres, Ct);
        _operator = _installed.Api();
        _stranger = _installed.Api((await Staff.JoinAsync(_installed, _installed.Token, "owner", Ct)).Token);
        var token = await _installed.OtherOrgAsync("shop", Ct);
        _owner = _installed.Api((await Staff.JoinAsync(_installed, token, "owner", Ct, "shop")).Token);
    }

    public ValueTask DisposeAsync()
    {
        foreach (var api in (Api[])[_operator, _owner, _stranger])
            api.Dispose();
        return _installed.DisposeAsync();
    }

    [Fact]
    public async Task A_suspended_org_is_read_and_not_changed_until_an_operator_lets_it_go_on()
    {
        (await _owner.PutAsync($"{Shop}/suspension", """{"suspended":true}""", Ct)).ShouldBeProblem(403, "DV4003");
        (await _stranger.PutAsync($"{Shop}/suspension", """{"suspended":true}""", Ct)).ShouldBeProblem(404, "DV4001");
        (await _operator.PutAsync($"{Shop}/suspension", """{"suspended":true,"reason":"unpaid since May"}""", Ct)).ShouldBe(200);

        (await _owner.GetAsync($"{Shop}/projects", Ct)).ShouldBe(200);
        ((string)(await _owner.PostAsync($"{Shop}/projects", """{"name":"x"}""", Ct)).ShouldBeProblem(403, "DV7104").Json["detail"]!).ShouldContain("unpaid since May");
        (await _owner.DeleteAsync($"{Shop}?confirm=shop&expectedVersion=2", Ct)).ShouldBeProblem(403, "DV7104");
        ((string)(await _owner.GetAsync(Shop, Ct)).ShouldBe(200).Json["suspendedFor"]!).ShouldBe("unpaid since May");

        (await _operator.PutAsync($"{Shop}/suspension", """{"suspended":false}""", Ct)).ShouldBe(200);
        (await _owner.PostAsync($"{Shop}/projects", """{"name":"x"}""", Ct)).ShouldBe(201);
        (await EventsAsync()).ShouldBe(["org.suspended", "org.resumed"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_deleted_org_is_gone_for_its_people_and_comes_back_within_two_weeks()
    {
        (await _owner.DeleteAsync($"{Shop}?confirm=shoq&expectedVersion=1", Ct)).ShouldBeProblem(422, "DV4018");
        (await _owner.DeleteAsync($"{Shop}?confirm=shop&expectedVersion=1", Ct)).ShouldBe(200);

        (await _owner.GetAsync(Shop, Ct)).ShouldBeProblem(404, "DV4001");
        (await _owner.GetAsync("/v1/orgs", Ct)).ShouldBe(200).Text.ShouldNotContain("shop");
        (await _owner.PostAsync($"{Shop}/restoration", "{}", Ct)).ShouldBeProblem(404, "DV4001");
        (await _operator.PostAsync("/v1/orgs", """{"name":"shop"}""", Ct)).Status.ShouldNotBe(201, "the name is kept for it");

        (await _operator.PostAsync($"{Shop}/restoration", "{}", Ct)).ShouldBe(200);
        (await _owner.GetAsync(Shop, Ct)).ShouldBe(200);
        (await _operator.PostAsync($"{Shop}/restoration", "{}", Ct)).ShouldBeProblem(409, "DV7107");
    }

    [Fact]
    public async Task After_two_weeks_it_is_erased_and_its_log_is_kept()
    {
        (await _owner.PutAsync($"{Shop}/secrets/KEY", """{"value":"a secret of the shop"}""", Ct)).ShouldBe(200);
        (await _owner.DeleteAsync($"{Shop}?confirm=shop&expectedVersion=1", Ct)).ShouldBe(200);
        await UpkeepAsync();
        (await CountAsync("secrets")).ShouldBe(1);
        await _installed.Database.ReadAsync(db => db.ExecuteAsync("update orgs set deleted_at = deleted_at - interval '14 days 1 second' where deleted_at is not null"), Ct);
        (await _operator.PostAsync($"{Shop}/restoration", "{}", Ct)).ShouldBeProblem(409, "DV7107");

        await UpkeepAsync();
        await UpkeepAsync();

        foreach (var table in (string[])["secrets", "secret_versions", "data_keys", "members", "invitations"])
            (await CountAsync(table)).ShouldBe(0, table);
        (await EventsAsync()).ShouldBe(["org.deleted", "org.erased"], ignoreOrder: true);
        (await _owner.GetAsync(Shop, Ct)).ShouldBeProblem(404, "DV4001");
    }

    [Fact]
    public async Task An_org_with_environments_stays_unless_they_are_to_go_too_and_the_first_org_stays()
    {
        (await _owner.PostAsync($"{Shop}/projects/default/apps", """{"name":"web"}""", Ct)).ShouldBe(201);
        (await _owner.PostAsync($"{Shop}/projects/default/apps/web/envs", """{"name":"production"}""", Ct)).ShouldBe(201);
        ((string)(await _owner.DeleteAsync($"{Shop}?confirm=shop&expectedVersion=1", Ct)).ShouldBeProblem(409, "DV7105").Json["detail"]!).ShouldContain("default/web/production");
        (await _stranger.DeleteAsync("/v1/orgs/default?confirm=default&expectedVersion=1", Ct)).ShouldBeProblem(409, "DV7106");
        (await _owner.GetAsync(Shop, Ct)).ShouldBe(200);

        (await _owner.DeleteAsync($"{Shop}?confirm=shop&expectedVersion=1&withEnvironments=true", Ct)).ShouldBe(200);

        await Eventually.SeesAsync(() => CountAsync("envs"), n => n is 0, "the environment gone", Ct);
    }

    [Fact]
    public async Task Deleting_an_org_needs_a_proof_that_is_fresh()
    {
        await _installed.Database.ReadAsync(db => db.ExecuteAsync("update user_sessions set proven_at = proven_at - interval '11 minutes'"), Ct);

        (await _owner.DeleteAsync($"{Shop}?confirm=shop&expectedVersion=1", Ct)).ShouldBeProblem(403, "DV7011");
        (await _owner.GetAsync(Shop, Ct)).ShouldBe(200);
    }

    [Fact]
    public async Task Quotas_are_set_by_operators_for_every_org_and_by_no_owner()
    {
        (await _owner.GetAsync($"{Shop}/quotas", Ct)).ShouldBe(200);
        (await _owner.PutAsync($"{Shop}/quotas", """{"limits":{"apps":null},"expectedVersion":0}""", Ct)).ShouldBeProblem(403, "DV4003");
        (await _owner.GetAsync("/v1/server/orgs/shop/quotas", Ct)).ShouldBeProblem(403, "DV4003");
        (await _stranger.PutAsync($"{Shop}/quotas", """{"limits":{"apps":1},"expectedVersion":0}""", Ct)).ShouldBeProblem(404, "DV4001");
        var version = (long)(await _operator.GetAsync("/v1/server/orgs/shop/quotas", Ct)).ShouldBe(200).Json["version"]!;

        (await _operator.PutAsync($"{Shop}/quotas", Staff.Body(new { limits = new { apps = 0 }, expectedVersion = version }), Ct)).ShouldBe(200);

        (await _owner.PostAsync($"{Shop}/projects/default/apps", """{"name":"web"}""", Ct)).ShouldBeProblem(409, "DV7301");
        (await _operator.GetAsync($"{Shop}/projects", Ct)).ShouldBeProblem(404, "DV4001");
    }

    private Task UpkeepAsync() => _installed.App.Services.GetServices<IHostedService>().OfType<OrgUpkeep>().Single().EraseAsync(Ct);

    private Task<int> CountAsync(string table) => _installed.Database.ReadAsync(db => db.ExecuteScalarAsync<int>($"select count(*)::int from {table} where org_id <> (select id from orgs order by created_at limit 1)"), Ct);

    private async Task<string[]> EventsAsync() => [.. await _installed.Database.ReadAsync(db => db.QueryAsync<string>(
        "select type from events where type in ('org.suspended', 'org.resumed', 'org.deleted', 'org.restored', 'org.erased') and org_id <> (select id from orgs order by created_at limit 1)"), Ct)];
}
