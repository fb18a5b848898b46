using Dapper;
using Davit.Model;
using Davit.Store.Ledger;
using Davit.Store.Releasing;
using Davit.Testing.Postgres;
using Npgsql;

namespace Davit.Store.Tests;

public sealed class ReleasingTests(PostgresServer server) : StoreTests(server)
{
    [Fact]
    public async Task Equal_input_makes_one_release_also_when_made_at_once()
    {
        var place = await PlaceAsync();
        var made = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => ReleaseAsync(place)));
        var next = await ReleaseAsync(place, "sha256:b");

        made.Select(r => r.Id).Distinct().ShouldHaveSingleItem();
        made.ShouldAllBe(r => r.Number == 1);
        next.Number.ShouldBe(2);
    }

    [Fact]
    public async Task A_deployment_is_saved_by_whoever_knows_its_version_and_by_nobody_else()
    {
        var place = await PlaceAsync();
        var row = await DeploymentAsync(place);
        var saved = await WriteAsync(place.Org, w => DeploymentTable.SaveAsync(w, row with { PlanHash = "sha256:x" }, Ct));

        saved.Version.ShouldBe(2);
        (await Should.ThrowAsync<ProblemException>(WriteAsync(place.Org, w => DeploymentTable.SaveAsync(w, row with { PlanHash = "sha256:late" }, Ct)))).Problem.Code.ShouldBe("DV2301");
        var kept = (await ReadAsync(db => DeploymentTable.GetAsync(db, row.Id, Ct))).ShouldNotBeNull();
        (kept.PlanHash, kept.Version, kept.Id).ShouldBe(("sha256:x", 2L, row.Id));
    }

    [Fact]
    public async Task Numbers_count_per_environment()
    {
        var place = await PlaceAsync();
        var staging = await EnvAsync(place.Org, place.App, "staging");
        DeploymentRow[] rows = [await DeploymentAsync(place), await DeploymentAsync(place, staging), await DeploymentAsync(place)];

        rows.Select(r => r.Number).ShouldBe([1, 1, 2]);
        (await ReadAsync(db => DeploymentTable.NewestNumberAsync(db, place.Env, Ct))).ShouldBe(2);
        (await ReadAsync(db => DeploymentTable.UnfinishedAsync(db, place.Env, Ct))).Select(r => r.Number).ShouldBe([1, 2]);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("#2")]
    public async Task A_deployment_is_found_by_number_id_and_last_digits(string number)
    {
        var place = await PlaceAsync();
        await DeploymentAsync(place);
        var row = await DeploymentAsync(place);

        foreach (var reference in (string[])[number, row.Id.ToString(), row.Id.ToString()[^8..]])
            (await ReadAsync(db => DeploymentTable.FindAsync(db, place.Env, reference, Ct))).ShouldNotBeNull().Id.ShouldBe(row.Id);
        (await ReadAsync(db => DeploymentTable.FindAsync(db, place.Env, "%", Ct))).ShouldBeNull();
        (await ReadAsync(db => DeploymentTable.FindAsync(db, place.Env, "______", Ct))).ShouldBeNull();
    }

    [Fact]
    public async Task Of_two_deployments_whose_last_digits_are_the_number_of_another_the_number_wins()
    {
        var place = await PlaceAsync();
        var first = await DeploymentAsync(place);
        await DeploymentAsync(place);

        // The id ends in the digits of the first one's number; found by it are both.
        await ReadAsync(db => db.ExecuteAsync("update deployments set number = 123456 where number = 1; update deployments set id = '019a0000-0000-7000-8000-000000123456' where number = 2"));
        (await ReadAsync(db => DeploymentTable.FindAsync(db, place.Env, "123456", Ct))).ShouldNotBeNull().Id.ShouldBe(first.Id);
    }

    [Fact]
    public async Task A_cancel_is_noted_once_and_not_on_what_has_ended()
    {
        var place = await PlaceAsync();
        var row = await DeploymentAsync(place);
        await WriteAsync(place.Org, w => DeploymentTable.RequestCancelAsync(w, row, Ct));
        await Database.WriteAsync(CauseOf(place.Org) with { Actor = "second" }, w => DeploymentTable.RequestCancelAsync(w, row, Ct), Ct);

        (await ReadAsync(db => DeploymentTable.GetAsync(db, row.Id, Ct)))!.CancelBy.ShouldBe("tester");
    }

    [Fact]
    public async Task Of_environments_that_race_for_one_route_exactly_one_gets_it()
    {
        var place = await PlaceAsync("env-0");
        List<EnvId> envs = [place.Env];
        for (var i = 1; i < 8; i++)
            envs.Add(await EnvAsync(place.Org, place.App, $"env-{i}"));
        var deployments = new Dictionary<EnvId, DeploymentId>();
        foreach (var env in envs)
            deployments[env] = (await DeploymentAsync(place, env)).Id;

        var holders = await Task.WhenAll(envs.Select(env => WriteAsync(place.Org, w => RouteClaims.TakeAsync(w, env, deployments[env], ["http shop.test/"], Ct))));
        holders.Count(h => h is null).ShouldBe(1);
        var winner = envs[Array.FindIndex(holders, h => h is null)];
        holders.Where(h => h is not null).ShouldAllBe(h => h!.Value.Holder == $"web/env-{envs.IndexOf(winner)}" && h.Value.Claim == "http shop.test/");

        // Holding it already is no conflict; letting go makes it free.
        (await WriteAsync(place.Org, w => RouteClaims.TakeAsync(w, winner, deployments[winner], ["http shop.test/"], Ct))).ShouldBeNull();
        await WriteAsync(place.Org, w => RouteClaims.KeepOnlyAsync(w, winner, [], Ct));
        var loser = envs.First(e => e != winner);
        (await WriteAsync(place.Org, w => RouteClaims.TakeAsync(w, loser, deployments[loser], ["http shop.test/"], Ct))).ShouldBeNull();
    }

    [Fact]
    public async Task Environments_that_take_the_same_routes_in_opposite_order_do_not_deadlock()
    {
        var place = await PlaceAsync();
        var other = await EnvAsync(place.Org, place.App, "staging");
        var (mine, theirs) = ((await DeploymentAsync(place)).Id, (await DeploymentAsync(place, other)).Id);
        string[] claims = [.. Enumerable.Range(0, 30).Select(n => $"http h{n:00}.test/")];

        for (var round = 0; round < 10; round++)
        {
            var got = await Task.WhenAll(
                WriteAsync(place.Org, w => RouteClaims.TakeAsync(w, place.Env, mine, claims, Ct)),
                WriteAsync(place.Org, w => RouteClaims.TakeAsync(w, other, theirs, [.. claims.Reverse()], Ct)));
            got.Count(g => g is null).ShouldBe(1);
            await WriteAsync(place.Org, w => RouteClaims.KeepOnlyAsync(w, place.Env, [], Ct));
            await WriteAsync(place.Org, w => RouteClaims.KeepOnlyAsync(w, other, [], Ct));
        }
    }

    [Fact]
    public async Task An_ordinal_is_used_once_also_after_its_instance_is_gone()
    {
        var place = await PlaceAsync();
        var (deployment, release) = ((await DeploymentAsync(place)).Id, (await ReleaseAsync(place)).Id);
        var first = Instance("web-1", 1);
        await WriteAsync(place.Org, w => InstanceLedger.InsertAsync(w, first, Ct));
        await WriteAsync(place.Org, w => InstanceLedger.InsertAsync(w, first with { Id = Id.New<InstanceId>(TimeProvider.System) }, Ct));
        (await ReadAsync(db => InstanceLedger.PresentAsync(db, place.Env, Ct))).ShouldHaveSingleItem().Id.ShouldBe(first.Id);

        await WriteAsync(place.Org, w => InstanceLedger.MarkRemovedAsync(w, first, "over", Ct));
        (await ReadAsync(db => InstanceLedger.PresentAsync(db, place.Env, Ct))).ShouldBeEmpty();
        (await ReadAsync(db => InstanceLedger.LastOrdinalsAsync(db, place.Env, release, Ct)))["web"].ShouldBe(1);
        (await Should.ThrowAsync<PostgresException>(WriteAsync(place.Org, w => InstanceLedger.InsertAsync(w, Instance("web-other", 1), Ct)))).SqlState.ShouldBe(PostgresErrorCodes.UniqueViolation);

        InstanceRow Instance(string name, int ordinal) => new()
        {
            Id = Id.New<InstanceId>(TimeProvider.System), OrgId = place.Org, EnvId = place.Env, DeploymentId = deployment, ReleaseId = release, Service = "web", Name = name,
            Ordinal = ordinal, SpecHash = "sha256:s", CreatedAt = TimeProvider.System.GetUtcNow(),
        };
    }
}
