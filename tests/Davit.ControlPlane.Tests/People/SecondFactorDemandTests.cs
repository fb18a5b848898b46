using Dapper;
using Davit.ControlPlane.Tests.Support;
using Davit.Testing.Postgres;
using OtpNet;

namespace Davit.ControlPlane.Tests.People;

/// <summary>An org that demands a second factor of everybody.</summary>
public sealed class SecondFactorDemandTests(PostgresServer postgres) : IAsyncLifetime
{
    private const string Org = "/v1/orgs/default";

    private Installed _installed = null!;
    private Api _host = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _installed = await Installed.StartAsync(postgres, Ct);
        _host = _installed.Api();
    }

    public ValueTask DisposeAsync()
    {
        _host.Dispose();
        return _installed.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_has_none_may_only_set_one_up_and_is_told_so()
    {
        var person = await JoinAsync("admin");
        using var api = _installed.Api(person.Token);
        await DemandAsync(0);

        (await api.GetAsync($"{Org}/members", Ct)).ShouldBeProblem(403, "DV7101");
        (await api.PostAsync($"{Org}/projects", """{"name":"x"}""", Ct)).ShouldBeProblem(403, "DV7101");
        (await api.GetAsync("/v1/me", Ct)).ShouldBe(200);
        var why = (await _host.GetAsync($"{Org}/access/explanation?who={person.Email}&can=project:create", Ct)).ShouldBe(200).Json;
        ((bool)why["allowed"]!, (string?)why["lesser"]).ShouldBe((false, null));
        ((string)why["why"]!).ShouldContain("second factor");
        (await _host.GetAsync($"{Org}/access/holders?can=project:create", Ct)).ShouldBe(200).Text.ShouldNotContain(person.Email);

        await EnrolAsync(api);

        (await api.GetAsync($"{Org}/members", Ct)).ShouldBe(200);
        (await api.PostAsync($"{Org}/projects", """{"name":"x"}""", Ct)).ShouldBe(201);
        (await api.DeleteAsync("/v1/me/authenticator", Ct)).ShouldBeProblem(409, "DV7102");
        await DemandAsync(null);
        (await api.DeleteAsync("/v1/me/authenticator", Ct)).ShouldBe(200);
    }

    [Fact]
    public async Task Until_the_days_of_grace_are_over_nothing_is_held_back_and_repeating_the_demand_does_not_put_it_off()
    {
        var person = await JoinAsync("viewer");
        using var api = _installed.Api(person.Token);
        var first = (DateTimeOffset)(await DemandAsync(3))["secondFactorFrom"]!;

        (await api.GetAsync($"{Org}/members", Ct)).ShouldBe(200);
        ((DateTimeOffset)(await DemandAsync(30))["secondFactorFrom"]!).ShouldBe(first, TimeSpan.FromMilliseconds(1));
        await _installed.Database.ReadAsync(db => db.ExecuteAsync("update orgs set second_factor_from = second_factor_from - interval '3 days 1 second'"), Ct);

        (await api.GetAsync($"{Org}/members", Ct)).ShouldBeProblem(403, "DV7101");
    }

    [Fact]
    public async Task Nobody_shuts_himself_out_and_machines_need_none()
    {
        var owner = await JoinAsync("owner");
        using var api = _installed.Api(owner.Token);
        (await api.PutAsync($"{Org}/second-factor", """{"required":true,"expectedVersion":1,"graceDays":0}""", Ct)).ShouldBeProblem(409, "DV7102");
        (await api.PutAsync($"{Org}/second-factor", """{"required":true,"expectedVersion":1,"graceDays":31}""", Ct)).ShouldBeProblem(422, "DV4004");

        await DemandAsync(0);

        (await _host.GetAsync($"{Org}/members", Ct)).ShouldBe(200);
        (await api.PutAsync($"{Org}/second-factor", """{"required":false,"expectedVersion":2}""", Ct)).ShouldBeProblem(403, "DV7101");
    }

    /// <param name="days">Null lifts it.</param>
    private async Task<System.Text.Json.Nodes.JsonNode> DemandAsync(int? days)
    {
        var version = (long)(await _host.GetAsync(Org, Ct)).ShouldBe(200).Json["version"]!;
        return (await _host.PutAsync($"{Org}/second-factor", Staff.Body(new { required = days is not null, expectedVersion = version, graceDays = days ?? 0 }), Ct)).ShouldBe(200).Value;
    }

    private static async Task EnrolAsync(Api api)
    {
        var seed = Base32Encoding.ToBytes((string)(await api.PostAsync("/v1/me/authenticator", "{}", Ct)).ShouldBe(200).Json["secret"]!);
        (await api.PutAsync("/v1/me/authenticator", Staff.Body(new { code = new Totp(seed).ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime) }), Ct)).ShouldBe(200);
    }

    private Task<Person> JoinAsync(string role) => Staff.JoinAsync(_installed, _installed.Token, role, Ct);
}
