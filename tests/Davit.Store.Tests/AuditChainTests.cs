using System.Text.Json.Nodes;
using Dapper;
using Davit.Model;
using Davit.Model.Audit;
using Davit.Store.Events;
using Davit.Testing.Postgres;
using Npgsql;

namespace Davit.Store.Tests;

/// <summary>What somebody does to the log who may do anything to the database, and what is found of it.</summary>
public sealed class AuditChainTests(PostgresServer server) : StoreTests(server)
{
    private const string MakeRoomAtFour = "update events set seq = seq + 100 where seq >= 4; update events set seq = seq - 99 where seq > 100";

    [Theory]
    [InlineData("update events set payload = '{\"name\": \"forged\"}' where seq = 4", 4, ChainFault.Altered)]
    [InlineData("update events set address = '192.0.2.1' where seq = 4", 4, ChainFault.Altered)]
    [InlineData("update events set decision = 'denied' where seq = 4", 4, ChainFault.Altered)]
    [InlineData("update events set form = 1, address = '' where seq = 4", 4, ChainFault.Altered)]
    [InlineData("update events set hash = 'sha256:00' where seq = 4", 4, ChainFault.Altered)]
    [InlineData("delete from events where seq = 4", 4, ChainFault.Missing)]
    [InlineData("delete from events where seq = 4; update events set seq = seq + 100 where seq > 4; update events set seq = seq - 101 where seq > 100", 4, ChainFault.Missing)]
    [InlineData("update events set seq = case seq when 3 then 104 else 103 end where seq in (3, 4); update events set seq = seq - 100 where seq > 100", 3, ChainFault.Reordered)]
    [InlineData("update events set seq = case seq when 3 then 106 else 103 end where seq in (3, 6); update events set seq = seq - 100 where seq > 100", 3, ChainFault.Reordered)]
    [InlineData(MakeRoomAtFour + "; insert into events select org_id, 4, at, type, version, subjects, 'forger', request_id, correlation_id, payload, hash, 'sha256:00', form, address, decision from events where seq = 3", 4, ChainFault.Inserted)]
    [InlineData("insert into events select org_id, 8, at, type, version, subjects, 'forger', request_id, correlation_id, payload, hash, 'sha256:00', form, address, decision from events where seq = 7", 8, ChainFault.Altered)]
    [InlineData("delete from events where seq >= 6", 6, ChainFault.CutOff)]
    [InlineData("delete from events", 1, ChainFault.CutOff)]
    public async Task What_was_done_to_it_is_named_with_the_first_number(string tampering, long first, ChainFault fault)
    {
        var org = await FilledAsync();
        await TamperAsync(tampering);

        var found = (await VerifyAsync(org)).Break.ShouldNotBeNull();
        (found.Seq, found.Fault).ShouldBe((first, fault), found.Detail);
    }

    [Fact]
    public async Task A_forged_event_that_is_right_in_itself_is_found_where_it_was_put_in()
    {
        var org = await FilledAsync();
        var third = (await AllAsync(org))[2];
        var forged = third with { Seq = 4, Actor = "forger", PrevHash = third.Hash };
        forged = forged with { Hash = forged.ComputeHash() };
        await TamperAsync(MakeRoomAtFour);
        await InsertAsync(forged);

        (await VerifyAsync(org)).Break.ShouldBe(new ChainBreak(4, ChainFault.Inserted, "what stands at 5 was event 4 when it was written"));
    }

    [Fact]
    public async Task A_tail_that_is_cut_off_with_its_head_is_missed_against_what_was_signed()
    {
        var org = await FilledAsync();
        var signed = (await AllAsync(org))[^1] switch { var e => new ChainPlace(e.Seq, e.Hash) };
        await TamperAsync("delete from events where seq > 5; update event_heads set seq = 5, hash = (select hash from events where seq = 5)");

        (await VerifyAsync(org)).Break.ShouldBeNull();
        var found = (await VerifyAsync(org, signed)).Break.ShouldNotBeNull();
        (found.Seq, found.Fault).ShouldBe((6, ChainFault.CutOff));
    }

    [Fact]
    public async Task A_chain_that_was_computed_anew_is_found_in_the_stretch_between_two_signatures()
    {
        var org = await FilledAsync();
        var before = await AllAsync(org);
        ChainPlace[] signed = [new(3, before[2].Hash), new(7, before[6].Hash)];
        var previous = before[4].Hash;
        foreach (var row in before.Skip(5))
        {
            var anew = row with { Actor = "forger", PrevHash = previous };
            previous = anew.ComputeHash();
            await TamperAsync($"update events set actor = 'forger', prev_hash = '{anew.PrevHash}', hash = '{previous}' where seq = {row.Seq}");
        }

        await TamperAsync($"update event_heads set hash = '{previous}'");

        (await VerifyAsync(org)).Break.ShouldBeNull();
        var found = (await VerifyAsync(org, signed)).Break.ShouldNotBeNull();
        (found.Seq, found.Fault).ShouldBe((4, ChainFault.Altered));
        found.Detail.ShouldContain("computed anew");
    }

    [Fact]
    public async Task Events_of_before_there_was_an_address_keep_their_hash_in_one_chain_with_newer_ones()
    {
        var org = await OrgAsync();
        var first = (await AllAsync(org))[0];
        var old = first with { Seq = 2, Form = 1, PrevHash = first.Hash };
        await InsertAsync(old = old with { Hash = old.ComputeHash() });
        await ReadAsync(db => db.ExecuteAsync("update event_heads set seq = 2, hash = @Hash", new { old.Hash }));
        await WriteAsync(org, w => Recording(w, "newer"));

        (await VerifyAsync(org)).ShouldBe(new ChainVerdict(3, new(3, (await AllAsync(org))[2].Hash), null));
        (await AllAsync(org)).Select(e => e.Form).ShouldBe([2, 1, 2]);
    }

    [Fact]
    public async Task Where_it_came_from_and_how_it_was_decided_stand_in_the_event()
    {
        var org = await OrgAsync();
        await Database.WriteAsync(CauseOf(org) with { Address = "203.0.113.9" }, w =>
        {
            w.Record(new("access.denied", ["app_1"], []) { Decision = "denied" });
            return Task.CompletedTask;
        }, Ct);

        var row = (await AllAsync(org))[^1];
        (row.Address, row.Decision, row.Form).ShouldBe(("203.0.113.9", "denied", 2));
    }

    [Fact]
    public async Task Only_what_an_anchor_covers_can_be_removed_and_the_chain_goes_on_from_there()
    {
        var org = await FilledAsync();
        var end = (await AllAsync(org))[3];
        (await Should.ThrowAsync<PostgresException>(ReadAsync(db => db.ExecuteAsync("delete from events where seq <= 4")))).SqlState.ShouldBe("DV001");
        (await ReadAsync(db => AnchorTable.PurgeAsync(db, org, 1000, Ct))).ShouldBe(0);

        await WriteAsync(org, w => AnchorTable.InsertAsync(w, new AnchorRow(org, end.Seq, end.Hash, w.At, "events.zip", "{}"), 1, Ct));
        (await ReadAsync(db => AnchorTable.PurgeAsync(db, org, 3, Ct))).ShouldBe(3);
        (await VerifyAsync(org)).Break.ShouldBeNull("a purge that was cut short leaves nothing wrong");
        (await ReadAsync(db => AnchorTable.PurgeAsync(db, org, 1000, Ct))).ShouldBe(1);

        (await VerifyAsync(org)).ShouldBe(new ChainVerdict(4, new(8, (await AllAsync(org))[^1].Hash), null));
        (await Should.ThrowAsync<PostgresException>(ReadAsync(db => db.ExecuteAsync("delete from events where seq = 6")))).SqlState.ShouldBe("DV001");
        (await Should.ThrowAsync<PostgresException>(ReadAsync(db => db.ExecuteAsync("update event_anchors set seq = 7")))).SqlState.ShouldBe("DV001");
    }

    [Fact]
    public async Task Nobody_but_the_owner_may_call_the_function_that_removes_events()
    {
        await ReadAsync(db => db.ExecuteAsync("create role reader; grant usage on schema public to reader; grant select, delete on events to reader"));
        try
        {
            (await Should.ThrowAsync<PostgresException>(ReadAsync(db => db.ExecuteAsync("begin; set local role reader; select purge_events(gen_random_uuid(), 1)")))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        }
        finally
        {
            NpgsqlConnection.ClearPool(Database.Source.CreateConnection());
            await ReadAsync(db => db.ExecuteAsync("rollback; drop owned by reader; drop role reader"));
        }
    }

    [Fact]
    public async Task Filters_find_what_a_look_at_every_event_finds()
    {
        var org = await OrgAsync();
        string[] actors = ["ada", "bob"], types = ["app.created", "app.deleted", "access.denied", "app_x.y"], addresses = ["10.1.2.3", "192.0.2.7", "2001:db8::1", "local", ""];
        for (var i = 0; i < 60; i++)
        {
            var n = i;
            await Database.WriteAsync(CauseOf(org) with { Actor = actors[n % 2], Address = addresses[n % 5] }, w =>
            {
                w.Record(new(types[n % 4], [$"app_{n % 7}", "org_1"], []) { Decision = n % 4 is 2 ? "denied" : "allowed" });
                return Task.CompletedTask;
            }, Ct);
        }

        var all = (await AllAsync(org)).Reverse().ToList();
        await SameAsync(new() { Actor = "ada" }, e => e.Actor is "ada");
        await SameAsync(new() { Type = "app.created" }, e => e.Type is "app.created");
        await SameAsync(new() { Type = "app.*" }, e => e.Type.StartsWith("app.", StringComparison.Ordinal));
        await SameAsync(new() { Type = "app_*" }, e => e.Type.StartsWith("app_", StringComparison.Ordinal));
        await SameAsync(new() { Resource = "app_3" }, e => e.Subjects.Contains("app_3"));
        await SameAsync(new() { Decision = "denied" }, e => e.Decision is "denied");
        await SameAsync(new() { Address = "local" }, e => e.Address is "local");
        await SameAsync(new() { Address = "10.0.0.0/8" }, e => e.Address.StartsWith("10.", StringComparison.Ordinal));
        await SameAsync(new() { Address = "2001:db8::/32" }, e => e.Address.StartsWith("2001:", StringComparison.Ordinal));
        await SameAsync(new() { Since = all[30].At, Until = all[10].At, Actor = "bob" }, e => e.Actor is "bob" && e.At >= all[30].At && e.At < all[10].At);

        async Task SameAsync(AuditFilter filter, Func<EventRow, bool> holds) =>
            (await ReadAsync(db => AuditReading.ListAsync(db, org, filter, long.MaxValue, 1000, Ct))).Select(e => e.Seq).ShouldBe(all.Where(holds).Select(e => e.Seq), filter.ToString());
    }

    /// <summary>An org with events 1 to 7.</summary>
    private async Task<OrgId> FilledAsync()
    {
        var org = await OrgAsync();
        for (var i = 2; i <= 7; i++)
            await WriteAsync(org, w => Recording(w, $"e{i}"));
        return org;
    }

    private Task<int> TamperAsync(string sql) => ReadAsync(db => db.ExecuteAsync($"alter table events disable trigger user; {sql}; alter table events enable trigger user"));

    private async Task InsertAsync(EventRow row) => await ReadAsync(db => db.ExecuteAsync(
        """
        insert into events (org_id, seq, at, type, version, subjects, actor, request_id, correlation_id, payload, prev_hash, hash, form, address, decision)
        values (@OrgId, @Seq, @At, @Type, @Version, @Subjects, @Actor, @RequestId, @CorrelationId, @Payload::jsonb, @PrevHash, @Hash, @Form, @Address, @Decision)
        """, row));

    private Task<ChainVerdict> VerifyAsync(OrgId org, params ChainPlace[] signed) => ReadAsync(db => ChainReading.VerifyAsync(db, org, signed, Ct));

    private async Task<IReadOnlyList<EventRow>> AllAsync(OrgId org) => await ReadAsync(db => EventLog.ReadAsync(db, org, 0, null, Ct));

    private static Task Recording(Writing writing, string name)
    {
        writing.Record(new("thing.happened", [name], new JsonObject { ["name"] = name }));
        return Task.CompletedTask;
    }
}
