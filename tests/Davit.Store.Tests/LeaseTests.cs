using Davit.Model;
using Davit.Store.Leases;
using Davit.Store.Ledger;
using Davit.Testing.Postgres;
using Npgsql;

namespace Davit.Store.Tests;

public sealed class LeaseTests(PostgresServer server) : StoreTests(server)
{
    private static readonly EnvId Somewhere = Id.New<EnvId>(TimeProvider.System);

    [Fact]
    public async Task A_lease_has_one_holder_and_is_free_once_the_holders_session_has_ended()
    {
        var first = await SessionAsync();
        var second = await SessionAsync();
        var held = (await TakeAsync(first)).ShouldNotBeNull();
        (await TakeAsync(second)).ShouldBeNull();
        (await ReadAsync(db => LeaseTable.ListAsync(db, Ct))).Single().IsHeld.ShouldBeTrue();

        await first.Connection.DisposeAsync();
        var taken = await UntilTakenAsync(second);

        taken.Fence.ShouldBeGreaterThan(held.Fence);
        taken.Takings.ShouldBe(2);
        await second.Connection.DisposeAsync();
    }

    [Fact]
    public async Task A_session_that_lives_on_does_not_keep_a_lease_that_expired()
    {
        var first = await SessionAsync();
        var second = await SessionAsync();
        var held = (await TakeAsync(first)).ShouldNotBeNull();
        await ExpireAsync();

        (await LeaseTable.RenewAsync(first.Connection, first.Number, Ct)).ShouldBeEmpty();
        var taken = (await TakeAsync(second)).ShouldNotBeNull();

        taken.Fence.ShouldBeGreaterThan(held.Fence);
        (await LeaseTable.RenewAsync(second.Connection, second.Number, Ct)).ShouldBe([taken.Fence]);
        await EndAsync(first, second);
    }

    [Fact]
    public async Task Whoever_shows_an_older_fence_is_refused_before_anything_happens()
    {
        var first = await SessionAsync();
        var held = (await TakeAsync(first)).ShouldNotBeNull();
        var entry = await ReadAsync(db => EffectTable.BeginAsync(db, held, new Effect(Somewhere, null, "start-instance", "web-1"), Ct));
        await ExpireAsync();
        var second = await SessionAsync();
        var taken = (await TakeAsync(second)).ShouldNotBeNull();

        var refused = await Should.ThrowAsync<ProblemException>(ReadAsync(db => EffectTable.BeginAsync(db, held, new Effect(Somewhere, null, "start-instance", "web-2"), Ct)));
        refused.Problem.Code.ShouldBe(StoreProblems.LeaseEndedCode);
        (await Should.ThrowAsync<ProblemException>(ReadAsync(async db =>
        {
            await LeaseTable.CheckAsync(db, held, Ct);
            return true;
        }))).Problem.Code.ShouldBe(StoreProblems.LeaseEndedCode);

        // What the first had begun is known to be cut off, and only that.
        var cutOff = await ReadAsync(db => EffectTable.CutOffAsync(db, Somewhere, taken.Fence, Ct));
        cutOff.Select(e => (e.Id, e.Subject)).ShouldBe([(entry, "web-1")]);
        (await ReadAsync(db => EffectTable.CutOffAsync(db, Somewhere, taken.Fence, Ct))).ShouldBeEmpty();
        await EndAsync(first, second);
    }

    [Fact]
    public async Task A_lease_that_was_given_back_is_taken_at_once_and_counts_from_one()
    {
        var first = await SessionAsync();
        var second = await SessionAsync();
        await LeaseTable.ReleaseAsync(first.Connection, (await TakeAsync(first)).ShouldNotBeNull(), Ct);

        (await TakeAsync(second)).ShouldNotBeNull().Takings.ShouldBe(1);
        await EndAsync(first, second);
    }

    [Fact]
    public async Task Of_many_that_ask_at_the_same_time_one_gets_it()
    {
        var sessions = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SessionAsync()));
        var asked = await Task.WhenAll(sessions.Select(TakeAsync));
        asked.Count(l => l is not null).ShouldBe(1);
        await EndAsync(sessions);
    }

    [Fact]
    public async Task Every_output_is_followed_by_one_of_those_that_ask_and_by_another_when_it_ends()
    {
        var place = await PlaceAsync();
        await InsertInstancesAsync(place, 20);
        var sessions = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SessionAsync()));

        var asked = await Task.WhenAll(sessions.Select(s => AllOutputsAsync(s)));
        asked.SelectMany(a => a).Order().ShouldBe(Enumerable.Range(1, 20), "each is taken once");
        (await AllOutputsAsync(sessions[0])).ShouldBeEmpty();

        var busiest = asked.Index().MaxBy(a => a.Item.Count);
        await sessions[busiest.Index].Connection.DisposeAsync();
        var heir = sessions[(busiest.Index + 1) % 4];
        var inherited = new List<int>();
        for (var i = 0; i < 500 && inherited.Count < busiest.Item.Count; i++)
            inherited.AddRange(await AllOutputsAsync(heir));
        inherited.Order().ShouldBe(busiest.Item.Order());
        await EndAsync(sessions);
    }

    private static async Task<List<int>> AllOutputsAsync(Session session)
    {
        var all = new List<int>();
        while (await InstanceLedger.TakeOutputsAsync(session.Connection, $"h{session.Number}", session.Number, 3, Ct) is { Count: > 0 } taken)
            all.AddRange(taken.Select(t => t.Row.Ordinal));
        return all;
    }

    private async Task InsertInstancesAsync(Place place, int count)
    {
        var (deployment, release) = ((await DeploymentAsync(place)).Id, (await ReleaseAsync(place)).Id);
        for (var ordinal = 1; ordinal <= count; ordinal++)
        {
            var row = new InstanceRow
            {
                Id = Id.New<InstanceId>(TimeProvider.System), OrgId = place.Org, EnvId = place.Env, DeploymentId = deployment, ReleaseId = release, Service = "web",
                Name = $"web-{ordinal}", Ordinal = ordinal, SpecHash = "sha256:s", CreatedAt = TimeProvider.System.GetUtcNow(),
            };
            await WriteAsync(place.Org, w => InstanceLedger.InsertAsync(w, row, Ct));
        }
    }

    private static Task<Lease?> TakeAsync(Session session) => LeaseTable.TakeAsync(session.Connection, Lease.Leader, $"h{session.Number}", session.Number, Ct);

    /// <summary>PostgreSQL notices the end of a session a moment after its socket was closed.</summary>
    private static async Task<Lease> UntilTakenAsync(Session session)
    {
        for (var i = 0; i < 500; i++)
        {
            if (await TakeAsync(session) is { } lease)
                return lease;
        }

        throw new TimeoutException("the lease of an ended session was never free");
    }

    private Task<int> ExpireAsync() => ReadAsync(async db =>
    {
        await using var command = new NpgsqlCommand("update leases set expires_at = clock_timestamp() - interval '1 ms'", db);
        return await command.ExecuteNonQueryAsync(Ct);
    });

    private async Task<Session> SessionAsync()
    {
        var connection = new NpgsqlConnection(Database.Source.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Ct);
        return new Session(connection, await LeaseTable.OpenSessionAsync(connection, Ct));
    }

    private static async Task EndAsync(params Session[] sessions)
    {
        foreach (var session in sessions)
            await session.Connection.DisposeAsync();
    }

    private sealed record Session(NpgsqlConnection Connection, int Number);
}
