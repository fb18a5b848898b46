using Davit.ControlPlane.Tests.Support;
using Davit.Testing.Postgres;

namespace Davit.ControlPlane.Tests.People;

public sealed class MemberTests(PostgresServer postgres)
{
    private const string Members = "/v1/orgs/default/members";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_owners_that_are_lowered_removed_and_leave_at_once_one_stays()
    {
        await using var installed = await Installed.StartAsync(postgres, Ct);
        var (ann, ben) = (await Staff.JoinAsync(installed, installed.Token, "owner", Ct), await Staff.JoinAsync(installed, installed.Token, "owner", Ct));
        using var byAnn = installed.Api(ann.Token);
        using var byBen = installed.Api(ben.Token);
        using var byHost = installed.Api();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).SelectMany(_ => (Task<Answer>[])
        [
            byAnn.PatchAsync($"{Members}/{ann.Email}", """{"expectedVersion":1,"role":"viewer"}""", Ct),
            byBen.DeleteAsync("/v1/orgs/default/membership", Ct),
            byHost.PatchAsync($"{Members}/{ben.Email}", """{"expectedVersion":1,"suspended":true}""", Ct),
            byHost.DeleteAsync($"{Members}/{ann.Email}?expectedVersion=1&confirm={ann.Email}", Ct),
        ]));

        // A suspended owner may go too.
        answers.Count(a => a.Status is 200).ShouldBeInRange(1, 2, string.Join('\n', answers.Select(a => a.Text).Distinct()));
        var left = (await byHost.GetAsync(Members, Ct)).ShouldBe(200).Json["items"]!.AsArray();
        left.Count(m => (string)m!["role"]! is "owner" && !(bool)m["isSuspended"]!).ShouldBe(1);
        answers.ShouldContain(a => a.Code == "DV7008");
    }

    [Fact]
    public async Task Whoever_is_removed_or_suspended_is_out_at_once_with_sessions_tokens_and_streams()
    {
        await using var installed = await Installed.StartAsync(postgres, Ct);
        var person = await Staff.JoinAsync(installed, installed.Token, "member", Ct);
        using var host = installed.Api();
        using var api = installed.Api(person.Token);
        var secret = (string)(await api.PostAsync("/v1/orgs/default/tokens", """{"name":"laptop"}""", Ct)).ShouldBe(201).Value["secret"]!;
        using var byToken = installed.Api(secret);
        (await byToken.GetAsync("/v1/orgs/default/projects", Ct)).ShouldBe(200);
        using var stream = await api.Http.GetAsync("/v1/orgs/default/events?follow=true", HttpCompletionOption.ResponseHeadersRead, Ct);
        var reading = ReadAllAsync(stream);

        (await host.PatchAsync($"{Members}/{person.Email}", """{"expectedVersion":1,"suspended":true}""", Ct)).ShouldBe(200);

        (await api.GetAsync("/v1/orgs/default", Ct)).ShouldBeProblem(404, "DV4001");
        (await byToken.GetAsync("/v1/orgs/default/projects", Ct)).ShouldBeProblem(404, "DV4001");
        await reading.WaitAsync(TimeSpan.FromSeconds(15), TimeProvider.System, Ct);
        (await host.PatchAsync($"{Members}/{person.Email}", """{"expectedVersion":2,"suspended":false}""", Ct)).ShouldBe(200);
        (await byToken.GetAsync("/v1/orgs/default/projects", Ct)).ShouldBe(200);
        (await host.DeleteAsync($"{Members}/{person.Email}?expectedVersion=3&confirm={person.Email}", Ct)).ShouldBe(200);
        (await byToken.GetAsync("/v1/orgs/default/projects", Ct)).ShouldBeProblem(401, "DV4002");
    }

    [Fact]
    public async Task An_invitation_is_good_once_for_its_address_until_it_is_taken_back()
    {
        await using var installed = await Installed.StartAsync(postgres, Ct);
        using var host = installed.Api();
        using var stranger = installed.Api("");
        var (id, token) = await InviteAsync("ann@example.com");
        (await JoinAsync(token, "eve@example.com")).ShouldBeProblem(410, "DV7010");

        var joins = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => JoinAsync(token, "ann@example.com")));
        joins.Count(a => a.Status is 200).ShouldBe(1, string.Join('\n', joins.Select(j => j.Text)));
        (await JoinAsync(token, "ann@example.com")).ShouldBeProblem(410, "DV7010");
        (await host.PostAsync("/v1/orgs/default/invitations", """{"email":"ann@example.com"}""", Ct)).ShouldBeProblem(409, "DV7018");
        _ = id;

        var (other, old) = await InviteAsync("ben@example.com");
        var renewed = (string)(await host.PostAsync($"/v1/orgs/default/invitations/{other}/renewal", "{}", Ct)).ShouldBe(200).Value["token"]!;
        (await JoinAsync(old, "ben@example.com")).ShouldBeProblem(410, "DV7010");
        (await host.DeleteAsync($"/v1/orgs/default/invitations/{other}", Ct)).ShouldBe(200);
        (await JoinAsync(renewed, "ben@example.com")).ShouldBeProblem(410, "DV7010");

        async Task<(string Id, string Token)> InviteAsync(string email)
        {
            var made = (await host.PostAsync("/v1/orgs/default/invitations", Staff.Body(new { email }), Ct)).ShouldBe(201).Value;
            return ((string)made["invitation"]!["id"]!, (string)made["token"]!);
        }

        Task<Answer> JoinAsync(string with, string email) => stranger.PostAsync("/v1/join", Staff.Body(new { token = with, email, name = "Ann", password = Staff.Password }), Ct);
    }

    private static async Task ReadAllAsync(HttpResponseMessage response)
    {
        try
        {
            await response.Content.CopyToAsync(Stream.Null, Ct);
        }
        catch (HttpRequestException)
        {
            // Cut off, as it should be.
        }
    }
}
