using System.Text.Json.Nodes;
using Dapper;
using Davit.Model;
using Davit.Store.Events;
using Davit.Testing.Postgres;
using Npgsql;

namespace Davit.Store.Tests;

public sealed class EventLogTests(PostgresServer server) : StoreTests(server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Sixty_four_parallel_writers_get_numbers_without_a_gap_and_an_intact_chain()
    {
        var org = await OrgAsync();
        await Task.WhenAll(Enumerable.Range(0, 64).Select(n => WriteAsync(org, w =>
        {
            for (var i = 0; i < 5; i++)
                w.Record(Fact($"{n}.{i}"));
            return Task.CompletedTask;
        })));

        var all = await AllAsync(org);
        all.Select(e => e.Seq).ShouldBe(Enumerable.Range(1, 321).Select(n => (long)n));
        (await ReadAsync(db => EventLog.FirstBrokenAsync(db, org, Ct))).ShouldBeNull();

        // What one write recorded stands together and in its order.
        all.Skip(1).Chunk(5).ShouldAllBe(five => five.Select(Order).SequenceEqual(Enumerable.Range(0, 5)));
    }

    [Fact]
    public async Task A_write_held_open_after_recording_holds_up_neither_its_own_org_nor_others_and_gets_the_number_of_its_commit()
    {
        var (org, other) = (await OrgAsync(), await OrgAsync("other"));
        var (recorded, mayEnd) = (new TaskCompletionSource(), new TaskCompletionSource());
        var held = WriteAsync(org, async w =>
        {
            w.Record(Fact("held"));
            recorded.SetResult();
            await mayEnd.Task;
        });
        await recorded.Task;

        await WriteAsync(org, w => Recording(w, "quick")).WaitAsync(Patience, Ct);
        await WriteAsync(other, w => Recording(w, "elsewhere")).WaitAsync(Patience, Ct);
        (await NamesAsync(org)).ShouldBe(["quick"]);
        (await NamesAsync(other)).ShouldBe(["elsewhere"]);

        mayEnd.SetResult();
        await held;
        (await NamesAsync(org)).ShouldBe(["quick", "held"]);
    }

    [Fact]
    public async Task No_number_is_visible_before_a_smaller_one_and_a_reader_that_keeps_its_number_misses_nothing()
    {
        var org = await OrgAsync();
        var seen = new List<long>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var tail = TailAsync(org, seen, stop.Token);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(n => WriteAsync(org, w => Recording(w, $"{n}.0"))));

        await tail.WaitAsync(Patience, Ct);
        seen.ShouldBe(Enumerable.Range(1, 41).Select(n => (long)n));
    }

    [Fact]
    public async Task A_write_that_fails_uses_up_no_number()
    {
        var org = await OrgAsync();
        await Should.ThrowAsync<PostgresException>(WriteAsync(org, async w =>
        {
            w.Record(Fact("lost"));
            await w.Db.ExecuteAsync("select 1/0");
        }));
        await WriteAsync(org, w => Recording(w, "kept"));

        (await AllAsync(org)).Select(e => e.Seq).ShouldBe([1, 2]);
        (await NamesAsync(org)).ShouldBe(["kept"]);
    }

    [Theory]
    [InlineData("update events set payload = '{\"name\": \"forged\"}' where seq = 4", 4)]
    [InlineData("update events set actor = 'somebody else' where seq = 3", 3)]
    [InlineData("update events set at = at + interval '1 microsecond' where seq = 2", 2)]
    [InlineData("delete from events where seq = 5", 5)]
    [InlineData("delete from events where seq = 1", 1)]
    [InlineData("update events set seq = case seq when 3 then 104 else 103 end where seq in (3, 4); update events set seq = seq - 100 where seq > 100", 3)]
    [InlineData("insert into events select org_id, 8, at, type, version, subjects, actor, request_id, correlation_id, payload, prev_hash, hash from events where seq = 7", 8)]
    public async Task Tampering_is_found_at_the_first_wrong_number(string tampering, long first)
    {
        var org = await OrgAsync();
        for (var i = 2; i <= 7; i++)
            await WriteAsync(org, w => Recording(w, $"e{i}"));
        await ReadAsync(db => db.ExecuteAsync($"alter table events disable trigger user; {tampering}; alter table events enable trigger user"));

        (await ReadAsync(db => EventLog.FirstBrokenAsync(db, org, Ct))).ShouldBe(first);
    }

    [Fact]
    public async Task Events_cut_off_at_the_end_are_missed_too()
    {
        var org = await OrgAsync();
        await WriteAsync(org, w => Recording(w, "last"));
        await ReadAsync(db => db.ExecuteAsync("alter table events disable trigger user; delete from events where seq = 2; alter table events enable trigger user"));

        (await ReadAsync(db => EventLog.FirstBrokenAsync(db, org, Ct))).ShouldBe(2);
    }

    [Theory]
    [InlineData("update events set actor = 'x'")]
    [InlineData("delete from events")]
    [InlineData("truncate events")]
    [InlineData("truncate orgs cascade")]
    public async Task The_database_itself_refuses_to_change_events(string sql)
    {
        var org = await OrgAsync();
        (await Should.ThrowAsync<PostgresException>(ReadAsync(db => db.ExecuteAsync(sql)))).SqlState.ShouldBe("DV001");
        (await AllAsync(org)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Payloads_with_every_kind_of_character_and_number_keep_their_hash()
    {
        var org = await OrgAsync();
        await WriteAsync(org, w =>
        {
            w.Record(new("thing.happened", ["a"], new JsonObject
            {
                ["text"] = "ä\u2028€😀\"\\\n\u0001</script>", ["large"] = 1e23, ["small"] = 5e-7, ["whole"] = 9007199254740991, ["zero"] = -0.0, ["list"] = new JsonArray(null, true, 1.10),
            }));
            return Task.CompletedTask;
        });

        (await ReadAsync(db => EventLog.FirstBrokenAsync(db, org, Ct))).ShouldBeNull();
    }

    [Fact]
    public async Task Reading_by_subject_leaves_out_the_others()
    {
        var org = await OrgAsync();
        await WriteAsync(org, w => Recording(w, "a"));
        await WriteAsync(org, w => Recording(w, "b"));

        (await ReadAsync(db => EventLog.ReadAsync(db, org, 0, "b", Ct))).ShouldHaveSingleItem().Seq.ShouldBe(3);
    }

    private static EventDraft Fact(string name) => new("thing.happened", [name], new JsonObject { ["name"] = name });

    private static Task Recording(Writing writing, string name)
    {
        writing.Record(Fact(name));
        return Task.CompletedTask;
    }

    private static int Order(EventRow row) => row.Subjects[0][^1] - '0';

    private async Task<IReadOnlyList<EventRow>> AllAsync(OrgId org) => await ReadAsync(db => EventLog.ReadAsync(db, org, 0, null, Ct));

    private async Task<string[]> NamesAsync(OrgId org) => [.. (await AllAsync(org)).Where(e => e.Type is "thing.happened").Select(e => e.Subjects[0])];

    private async Task TailAsync(OrgId org, List<long> seen, CancellationToken ct)
    {
        while (seen.Count < 41)
        {
            var page = await Database.ReadAsync(db => EventLog.ReadAsync(db, org, seen.Count is 0 ? 0 : seen[^1], null, ct), ct);
            seen.AddRange(page.Select(e => e.Seq));
        }
    }
}
