using Davit.Model;
using Davit.Store.Leases;
using Davit.Store.Quotas;
using Davit.Store.Releasing;
using Davit.Store.Resources;
using Davit.Testing.Postgres;

namespace Davit.Store.Tests;

public sealed class QuotaTests(PostgresServer server) : StoreTests(server)
{
    private static Dictionary<string, long> Share(long instances, long memory = 0) => new(StringComparer.Ordinal) { [Quota.Instances] = instances, [Quota.Memory] = memory };

    [Fact]
    public async Task The_first_org_has_no_limits_and_later_ones_have_the_standard()
    {
        var (first, second) = (await OrgAsync(), await OrgAsync("second"));

        (await ReadAsync(db => QuotaTable.ListAsync(db, first, Ct))).ShouldAllBe(q => q.Max == null);
        (await ReadAsync(db => QuotaTable.ListAsync(db, second, Ct))).Select(q => (q.Dimension, q.Max)).ShouldBe(Quota.All.Select(q => (q.Name, (long?)q.Standard)));
    }

    [Fact]
    public async Task Twenty_takers_at_once_never_overshoot_and_a_refusal_changes_nothing()
    {
        var place = await PlaceAsync();
        await LimitAsync(place.Org, Quota.Apps, 5);
        for (var round = 0; round < 10; round++)
        {
            var took = await Task.WhenAll(Enumerable.Range(0, 20).Select(async n =>
            {
                try
                {
                    await WriteAsync(place.Org, w => AppTable.InsertAsync(w, App(Id.New<AppId>(TimeProvider.System), place.Org, place.Project, $"r{round}-{n}"), Ct));
                    return true;
                }
                catch (ProblemException e) when (e.Problem.Code is LimitProblems.QuotaCode)
                {
                    e.Problem.Detail.ShouldContain("apps: limit 5, used 5, asked for 1 more");
                    return false;
                }
            }));
            took.Count(t => t).ShouldBe(4);
            (await UsedAsync(place.Org, Quota.Apps)).ShouldBe(5);

            foreach (var app in (await ReadAsync(db => AppTable.ListAsync(db, place.Project, new("", 50), Ct))).Where(a => a.Id != place.App))
                (await WriteAsync(place.Org, w => AppTable.DeleteAsync(w, app.Id, 1, Ct))).ShouldBeTrue();
            (await UsedAsync(place.Org, Quota.Apps)).ShouldBe(1);
        }
    }

    [Fact]
    public async Task What_is_rolled_back_was_never_taken()
    {
        var place = await PlaceAsync();
        await Should.ThrowAsync<InvalidOperationException>(WriteAsync(place.Org, async w =>
        {
            await QuotaTable.ChargeAsync(w, Quota.Apps, 3, Ct);
            throw new InvalidOperationException();
        }));

        (await UsedAsync(place.Org, Quota.Apps)).ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_names_everything_that_is_exceeded_and_how_to_raise_it()
    {
        var place = await PlaceAsync();
        await LimitAsync(place.Org, Quota.Instances, 2);
        await LimitAsync(place.Org, Quota.Memory, 1L << 30);

        var problem = (await Should.ThrowAsync<ProblemException>(WriteAsync(place.Org, w => ShareTable.SetAsync(w, place.Env, Share(5, 3L << 30), false, Ct)))).Problem;
        problem.Detail.ShouldContain("instances: limit 2, used 0, asked for 5 more");
        problem.Detail.ShouldContain("memory: limit 1024Mi, used 0Mi, asked for 3072Mi more");
        problem.Hint.ShouldContain("davit quota set instances=5 memory=3072Mi");
    }

    [Fact]
    public async Task A_share_takes_only_what_is_more_and_gives_back_what_is_less_also_beyond_a_lowered_limit()
    {
        var place = await PlaceAsync();
        await WriteAsync(place.Org, w => ShareTable.SetAsync(w, place.Env, Share(6), false, Ct));
        await LimitAsync(place.Org, Quota.Instances, 4);

        await Should.ThrowAsync<ProblemException>(WriteAsync(place.Org, w => ShareTable.SetAsync(w, place.Env, Share(7), false, Ct)));
        await WriteAsync(place.Org, w => ShareTable.SetAsync(w, place.Env, Share(5), false, Ct));
        (await UsedAsync(place.Org, Quota.Instances)).ShouldBe(5);
        await WriteAsync(place.Org, w => ShareTable.SetAsync(w, place.Env, Share(9), true, Ct));
        (await UsedAsync(place.Org, Quota.Instances)).ShouldBe(9);
    }

    [Fact]
    public async Task What_an_environment_took_is_free_when_it_is_gone()
    {
        var place = await PlaceAsync();
        await WriteAsync(place.Org, w => ShareTable.SetAsync(w, place.Env, Share(3), false, Ct));
        var env = (await ReadAsync(db => EnvTable.GetAsync(db, place.Env, Ct)))!;
        await WriteAsync(place.Org, w => EnvTable.EraseAsync(w, env, Ct));

        (await UsedAsync(place.Org, Quota.Instances)).ShouldBe(0);
        (await UsedAsync(place.Org, Quota.Environments)).ShouldBe(0);
        (await WriteAsync(place.Org, w => ShareTable.RecountAsync(w, Ct))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_recount_finds_and_corrects_what_is_wrong_and_then_nothing()
    {
        var place = await PlaceAsync();
        await ReadAsync(async db =>
        {
            await using var command = new Npgsql.NpgsqlCommand("update quotas set used = 9 where dimension = 'apps'", db);
            return await command.ExecuteNonQueryAsync(Ct);
        });

        (await WriteAsync(place.Org, w => ShareTable.RecountAsync(w, Ct))).ShouldBe([("apps", 9L, 1L)]);
        (await WriteAsync(place.Org, w => ShareTable.RecountAsync(w, Ct))).ShouldBeEmpty();
    }

    [Fact]
    public async Task So_many_releases_are_made_at_once_and_the_next_one_waits()
    {
        var place = await PlaceAsync();
        await LimitAsync(place.Org, Quota.Builds, 1);
        await DeploymentAsync(place);
        await DeploymentAsync(place, await EnvAsync(place.Org, place.App, "staging"));
        await using var db = await Database.Source.OpenConnectionAsync(Ct);
        var session = await LeaseTable.OpenSessionAsync(db, Ct);

        var first = (await DeploymentTable.TakeMakingAsync(db, "one", session, Ct)).ShouldNotBeNull();
        (await DeploymentTable.TakeMakingAsync(db, "two", session, Ct)).ShouldBeNull();
        (await UsedAsync(place.Org, Quota.Builds)).ShouldBe(1);
        await LeaseTable.ReleaseAsync(db, first.Lease, Ct);
        (await DeploymentTable.TakeMakingAsync(db, "two", session, Ct)).ShouldNotBeNull();
        await LeaseTable.CloseSessionAsync(db);
    }

    private Task LimitAsync(OrgId org, string name, long limit) => WriteAsync(org, async w =>
        (await QuotaTable.SetAsync(w, new Dictionary<string, long?>(StringComparer.Ordinal) { [name] = limit }, await QuotaTable.VersionAsync(w.Db, org, Ct), Ct)).ShouldBeTrue());

    private async Task<long> UsedAsync(OrgId org, string name) => (await ReadAsync(db => QuotaTable.ListAsync(db, org, Ct))).Single(q => q.Dimension == name).Used;
}
