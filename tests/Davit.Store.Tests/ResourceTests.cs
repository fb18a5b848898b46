using Dapper;
using Davit.Model;
using Davit.Store.Resources;
using Davit.Testing.Postgres;
using Npgsql;

namespace Davit.Store.Tests;

public sealed class ResourceTests(PostgresServer server) : StoreTests(server)
{
    [Fact]
    public async Task Of_fifty_parallel_creations_of_one_name_exactly_one_wins()
    {
        var org = await OrgAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            try
            {
                await ProjectAsync(org);
                return "";
            }
            catch (PostgresException e)
            {
                return e.SqlState;
            }
        }));

        outcomes.Count(o => o is "").ShouldBe(1);
        outcomes.Where(o => o is not "").ShouldAllBe(o => o == PostgresErrorCodes.UniqueViolation);
        (await ReadAsync(db => ProjectTable.ListAsync(db, org, new ListPart("", 100), Ct))).ShouldHaveSingleItem().Name.ShouldBe("shop");
    }

    [Fact]
    public async Task Of_two_editors_with_one_version_one_is_told_that_it_moved()
    {
        var org = await OrgAsync();
        var id = await ProjectAsync(org);
        var won = await Task.WhenAll(
            WriteAsync(org, w => ProjectTable.UpdateAsync(w, id, 1, "first", "", Ct)),
            WriteAsync(org, w => ProjectTable.UpdateAsync(w, id, 1, "second", "", Ct)));

        won.ShouldBe([true, false], ignoreOrder: true);
        var row = (await ReadAsync(db => ProjectTable.FindAsync(db, org, id.ToString(), Ct))).ShouldNotBeNull();
        row.Version.ShouldBe(2);
        row.Name.ShouldBe(won[0] ? "first" : "second");
    }

    [Fact]
    public async Task Things_are_found_by_name_and_by_id_inside_their_own_org_only()
    {
        var (org, other) = (await OrgAsync(), await OrgAsync("other"));
        var id = await ProjectAsync(org);

        (await ReadAsync(db => ProjectTable.FindAsync(db, org, "shop", Ct)))!.Id.ShouldBe(id);
        (await ReadAsync(db => ProjectTable.FindAsync(db, org, id.ToString(), Ct)))!.Id.ShouldBe(id);
        (await ReadAsync(db => ProjectTable.FindAsync(db, other, "shop", Ct))).ShouldBeNull();
        (await ReadAsync(db => ProjectTable.FindAsync(db, other, id.ToString(), Ct))).ShouldBeNull();
        (await WriteAsync(other, w => ProjectTable.UpdateAsync(w, id, 1, "stolen", "", Ct))).ShouldBeFalse();
        (await WriteAsync(other, w => ProjectTable.DeleteAsync(w, id, 1, Ct))).ShouldBeFalse();
    }

    [Fact]
    public async Task Instants_come_back_as_they_were_written_and_ids_of_one_kind_sort_by_creation()
    {
        var org = await OrgAsync();
        var ids = new List<ProjectId>();
        for (var i = 0; i < 20; i++)
            ids.Add(await ProjectAsync(org, $"p{i:00}"));

        var rows = await ReadAsync(db => ProjectTable.ListAsync(db, org, new ListPart("", 100), Ct));
        rows.Select(r => r.Id).ShouldBe(ids);
        rows.Select(r => r.Id.ToString()).ShouldBe(ids.Select(i => i.ToString()).Order(StringComparer.Ordinal));
        rows.ShouldAllBe(r => r.CreatedAt.Offset == TimeSpan.Zero);
    }

    [Fact]
    public async Task Erasing_an_environment_takes_its_rows_and_leaves_its_events()
    {
        var place = await PlaceAsync();
        var deployment = await DeploymentAsync(place);
        var env = (await ReadAsync(db => EnvTable.GetAsync(db, place.Env, Ct))).ShouldNotBeNull();
        await WriteAsync(place.Org, w => EnvTable.EraseAsync(w, env, Ct));

        (await ReadAsync(db => EnvTable.GetAsync(db, place.Env, Ct))).ShouldBeNull();
        (await ReadAsync(db => Releasing.DeploymentTable.GetAsync(db, deployment.Id, Ct))).ShouldBeNull();
        (await ReadAsync(db => Events.EventLog.ReadAsync(db, place.Org, 0, place.Env.ToString(), Ct))).Select(e => e.Type).ShouldBe(["env.created", "deployment.queued", "env.deleted"]);
    }

    [Fact]
    public async Task Deleting_an_app_with_an_old_version_leaves_everything_it_holds()
    {
        var place = await PlaceAsync();
        await ReleaseAsync(place);
        await WriteAsync(place.Org, w => Ledger.ObjectLedger.InsertAsync(w, place.App, null, new("image", "davit/x/web"), Ct));

        (await WriteAsync(place.Org, w => AppTable.DeleteAsync(w, place.App, 99, Ct))).ShouldBeFalse();
        (await ReadAsync(db => Ledger.ObjectLedger.OfAppAsync(db, place.App, Ct))).ShouldHaveSingleItem();
        (await ReadAsync(db => db.ExecuteScalarAsync<long>("select count(*) from releases"))).ShouldBe(1);
    }
}
